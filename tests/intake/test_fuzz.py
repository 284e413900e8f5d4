"""Good ledgers with bytes flipped, cut or zeroed: the same data, or refused, or an error says so; never other data."""

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterator

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from fazhi.intake import RawFile, Reader
from made.hostile_more import ods, ods_cell, ods_row, xml_2003
from made.word import ROWS as WORD_ROWS
from made.word import docx

ROWS = [["日期", "事项", "人数"], [datetime.date(2025, 3, 5), "学习", 12], [datetime.date(2025, 3, 6), "宣传", 3.5]]


def xlsx_ledger() -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def xls_ledger() -> bytes:
    book, buffer = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = book.add_sheet("Sheet")
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            style = xlwt.easyxf(num_format_str="YYYY-MM-DD" if r and not c else "General")
            sheet.write(r, c, value, style)
    book.save(buffer)
    return buffer.getvalue()


LEDGERS: dict[str, Callable[[], bytes]] = {"xlsx": xlsx_ledger, "xls": xls_ledger}
FLIP = st.tuples(st.just("flip"), st.floats(0, 1, exclude_max=True), st.integers(1, 255))
CUT = st.tuples(st.just("cut"), st.floats(0, 1, exclude_max=True), st.just(0))
ZERO = st.tuples(st.just("zero"), st.floats(0, 1, exclude_max=True), st.integers(1, 600))


def damaged(data: bytes, how: str, where: float, amount: int) -> bytes:
    place = int(where * len(data))
    if how == "cut":
        return data[:place]
    if how == "zero":
        return data[:place] + b"\0" * min(amount, len(data) - place) + data[place + amount :]
    return data[:place] + bytes([data[place] ^ amount]) + data[place + 1 :]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[bytes, str], RawFile]]:
    """In the reader's process: some of these end it."""
    folder = tmp_path_factory.mktemp("fuzz")
    with Reader() as reader:

        def read_one(data: bytes, kind: str) -> RawFile:
            (folder / "ledger").write_bytes(data)
            return reader.read(folder / "ledger", f"a.{kind}")

        yield read_one


@pytest.mark.parametrize("kind", LEDGERS)
def test_whole(read: Callable[[bytes, str], RawFile], kind: str) -> None:
    file = read(LEDGERS[kind](), kind)
    assert [sheet.rows for sheet in file.sheets] == [ROWS]
    assert (file.refused, file.findings) == (None, [])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(damage=st.one_of(FLIP, CUT, ZERO))
def test_damaged_xlsx(read: Callable[[bytes, str], RawFile], damage: tuple[str, float, int]) -> None:
    """Checksums guard every part: what is read is exact."""
    file = read(damaged(xlsx_ledger(), *damage), "xlsx")
    assert file.refused or [sheet.rows for sheet in file.sheets] == [ROWS]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(damage=st.one_of(FLIP, CUT, ZERO))
def test_damaged_docx(read: Callable[[bytes, str], RawFile], damage: tuple[str, float, int]) -> None:
    """Checksums guard every part here too."""
    file = read(damaged(docx(), *damage), "docx")
    assert file.refused or [sheet.rows for sheet in file.sheets] == [WORD_ROWS]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(damage=st.one_of(FLIP, CUT, ZERO))
def test_damaged_xls(read: Callable[[bytes, str], RawFile], damage: tuple[str, float, int]) -> None:
    """The format has no checksums: a changed letter or digit that both means read alike cannot be known; a lost or
    displaced row must be."""
    file = read(damaged(xls_ledger(), *damage), "xls")
    if file.refused or any(finding.severity == "error" for finding in file.findings):
        return
    (sheet,) = file.sheets
    assert sheet.counted_rows == sum(1 for row in sheet.rows if row)
    assert sheet.counted_rows == len(ROWS)
    assert len(sheet.rows) <= len(ROWS) + 1


TEXTS = [
    ["日期", "事项", "人数"],
    ["2025-03-05", "学习,甲", "12"],
    ["2025-03-06", "宣传\n乙", "3.5"],
    ["3月7日", "堃龍", "4"],
]


def csv_ledger(encoding: str) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(TEXTS)
    return buffer.getvalue().encode(encoding)


def html_ledger() -> bytes:
    rows = "".join("<tr>" + "".join(f'<td class="x">{text}</td>' for text in row) + "</tr>" for row in TEXTS)
    return f'<html><body><table border="1">{rows}</table></body></html>'.encode()


def old_xml_ledger() -> bytes:
    cells = [[f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in row] for row in TEXTS]
    return xml_2003("".join("<Row>" + "".join(row) + "</Row>" for row in cells))()


def ods_ledger() -> bytes:
    return ods("".join(ods_row(*map(ods_cell, row)) for row in TEXTS))()


def told_or_read(file: RawFile) -> list[str] | None:
    """The texts of all cells; None where the file was refused or an error says that it is not to be relied on."""
    if file.refused or any(finding.severity == "error" for finding in file.findings):
        return None
    assert all(sheet.counted_rows == sum(1 for row in sheet.rows if row) for sheet in file.sheets)
    return [str(cell) for sheet in file.sheets for row in sheet.rows for cell in row if cell is not None]


def bare(text: str) -> str:
    return re.sub(r"[\s,;|\"\x1a]", "", text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(damage=st.one_of(FLIP, CUT, ZERO))
def test_damaged_text(read: Callable[[bytes, str], RawFile], encoding: str, damage: tuple[str, float, int]) -> None:
    """Whatever can still be decoded stands in the cells: nothing more, nothing less, nothing replaced."""
    data = damaged(csv_ledger(encoding), *damage)
    texts = told_or_read(read(data, "csv"))
    if texts is not None:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:  # a damaged mark: the same bytes are still text without it, or in GB18030
            text = data.decode("gb18030")
        assert "".join(map(bare, texts)) == bare(text).removeprefix("\ufeff")


@pytest.mark.parametrize("build", [html_ledger, old_xml_ledger])
@settings(max_examples=100, deadline=None, derandomize=True)
@given(damage=st.one_of(FLIP, CUT))
def test_damaged_markup(
    read: Callable[[bytes, str], RawFile], build: Callable[[], bytes], damage: tuple[str, float, int]
) -> None:
    """One letter may be another; what is cut off is told; a broken tag costs no more than the cells it stands between."""
    texts = told_or_read(read(damaged(build(), *damage), "xls"))
    if texts is not None:
        wanted = {bare(text) for row in TEXTS for text in row}
        assert len(wanted - {bare(text) for text in texts}) <= 2


@settings(max_examples=100, deadline=None, derandomize=True)
@given(damage=st.one_of(FLIP, CUT, ZERO))
def test_damaged_ods(read: Callable[[bytes, str], RawFile], damage: tuple[str, float, int]) -> None:
    """Checksums guard the content as in xlsx."""
    texts = told_or_read(read(damaged(ods_ledger(), *damage), "ods"))
    assert texts is None or texts == [text for row in TEXTS for text in row]
