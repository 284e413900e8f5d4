"""Copies are made in a child that may die: what one costs too much costs only itself."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from fazhi.intake import Reader
from fazhi.returns import limited_copy
from fazhi.returns.annotate import Fault
from fazhi.returns.limited_copy import CopyRequest, LimitedCopies
from made.sheets import write_workbook
from made.word import cell, docx, paragraph, row, run, table

HEAD = ["受理日期", "村(居)", "纠纷类型"]
FAULT = Fault("error", "某月", 3, 0, "受理日期", "“2025.13.5”", "有效日期", "请改正")


@pytest.fixture
def request_(tmp_path):
    path = write_workbook(
        tmp_path / "纠纷.xlsx", ["矛盾纠纷调解台账"], HEAD, ["2025.13.5", "龙井村", "邻里"], sheet="某月"
    )
    return _request(path)


def _request(path: Path) -> CopyRequest:
    with Reader() as reader:
        file = reader.read(path, path.name)
    assert not file.refused
    return CopyRequest(str(path), file, [FAULT], {"某月": 2}, (1, 0), "青木镇", 2025)


def _made(request: CopyRequest) -> tuple[openpyxl.Workbook, bool]:
    with LimitedCopies() as copies:
        content, whole = copies.make(request)
    return openpyxl.load_workbook(io.BytesIO(content)), whole


def _edit(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)


@pytest.mark.parametrize(("merged", "cut"), [("A5:XFD1048576", None), ("A3:XFD2000", "A3:C3"), ("A1:C1", "A1:C1")])
def test_merged_ranges_are_cut_to_the_content(request_, merged, cut):
    """The kind of `merge_A5_XFD1048576.xlsx`: openpyxl makes a cell of every place of a merged range."""
    _edit(
        Path(request_.path), "xl/worksheets/sheet1.xml", b"</sheetData>",
        b'</sheetData><mergeCells count="1"><mergeCell ref="%s"/></mergeCells>' % merged.encode(),
    )  # fmt: skip
    book, whole = _made(_request(Path(request_.path)))
    assert whole
    assert [str(area) for area in book["某月"].merged_cells.ranges] == ([cut] if cut else [])
    assert book["某月"]["A3"].comment.text.startswith("〔须更正〕受理日期")


def test_a_copy_that_costs_the_child_its_life_is_made_of_the_faulty_rows(request_):
    """Each comment costs a shape: 30,000 of them more than a second."""
    book = openpyxl.load_workbook(request_.path)
    for number in range(4, 30_000):
        book["某月"].cell(number, 1).comment = Comment("看", "所长")
    book.save(request_.path)
    book, whole = _made(replace(_request(Path(request_.path)), seconds=1))
    assert not whole
    assert [cell.value for cell in book["某月"][3]][:2] == [3, "2025.13.5"]
    assert "原工作簿太大或写法特殊" in book.worksheets[0]["A5"].value


def test_where_even_the_rows_cost_too_much_the_faults_are_listed(request_):
    class Lost(list):  # not to be pickled
        def __reduce__(self):
            raise ValueError("lost")

    broken = replace(request_, file=replace(request_.file, sheets=Lost()))
    book, whole = _made(broken)
    assert (book.sheetnames, whole) == (["须更正事项"], False)
    assert "这里只列出问题" in book.worksheets[0]["A5"].value


def test_only_the_child_opens_raw_bytes_outside_the_intake():
    """Untrusted bytes have one door: what can open a workbook is imported by the intake and by what the child runs."""
    package = Path(limited_copy.__file__).parents[1]
    opens = re.compile(r"^\s*(?:import|from) (?:openpyxl$|xlrd|python_calamine)|load_workbook\(", re.MULTILINE)
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if opens.search(path.read_text(encoding="utf-8")) and path.relative_to(package).parts[0] != "intake"
    }
    # documents/workbook and privacy/output_text read what this program has written itself.
    assert found == {
        "returns/office_copy.py",
        "returns/xls_styles.py",
        "documents/workbook.py",
        "privacy/output_text.py",
    }
    users = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"returns\.(?:office_copy|xls_styles|print_setup) import", path.read_text(encoding="utf-8"))
    ]
    assert sorted(users) == ["returns/annotate.py", "returns/limited_copy.py", "returns/office_copy.py"]


def test_a_word_document_goes_back_as_a_workbook_that_is_read_like_it(tmp_path):
    """A unit above the table, a comment, a struck row, a colour: what decides a figure is in the copy."""
    struck = row(*(cell(paragraph(run(text, "<w:strike/>"))) for text in ("2025-01-03", "龙井村", "90")))
    note = paragraph(run("龙井村"), '<w:r><w:commentReference w:id="1"/></w:r>')
    body = table(
        row("受理日期", "村(居)", "协议金额"),
        row("2025.13.5", cell(note, '<w:shd w:fill="FFFF00"/>'), "3"),
        struck,
    )
    words = ["矛盾纠纷调解台账", "单位：万元", *(f"第{n}行说明" * 9 for n in range(9))]
    comment = f'<w:comment w:id="1">{paragraph(run("作废"))}</w:comment>'
    path = tmp_path / "纠纷.docx"
    path.write_bytes(docx("".join(paragraph(run(text)) for text in words[2:8] + words[:2]) + body, comments=comment))
    request = replace(_request(path), faults=[replace(FAULT, sheet="表1", row=2)], headers={"表1": 1})
    with LimitedCopies() as copies:
        content, whole = copies.make(request)
    (tmp_path / "纠纷.xlsx").write_bytes(content)
    with Reader() as reader:
        listed, back = reader.read(tmp_path / "纠纷.xlsx", "纠纷.xlsx").sheets
    (sheet,) = request.file.sheets
    assert whole
    assert "Word" in str(listed.rows[4][0])
    assert (back.name, back.rows, back.struck, back.comments[2, 2]) == ("表1", sheet.rows, {3: 3}, "作废")
    assert back.fills[2, 2] == "FFFF00"
    assert {"单位：万元"} < set(back.above) < set(sheet.above)
