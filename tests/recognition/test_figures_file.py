"""figures.csv: each line is looked up in the file it names; one that is not right is left out and told."""

from pathlib import Path

import openpyxl
import pytest

from fazhi import town_year
from fazhi.recognition.figures_file import NAME
from fazhi.recognition.survey import Survey, survey
from made import word
from made.sheets import write_workbook

HEAD = "指标,数值,期间,文件,工作表,单元格,填写人,填写日期"
FILE = "司法所/年报.xlsx"


@pytest.fixture
def ask(workspace):
    """What a survey finds where figures.csv holds these lines below its titles."""
    write_workbook(workspace.raw(2025) / FILE, ["年报", ""], ["调解纠纷", "64宗"], ["金额（万元）", 2.95], sheet="汇总")

    def found(*lines: str, head: str = HEAD, data: bytes | None = None) -> Survey:
        content = data if data is not None else "\n".join([head, *lines]).encode()
        workspace.figures_file(2025).write_bytes(content)
        return survey(workspace, 2025, town_year.open_year(2025, workspace).settings)

    return found


def told(found: Survey, kind: str = "figure_unread") -> list[tuple[int | None, str]]:
    assert all(issue.file == NAME for issue in found.issues if issue.kind == kind)
    return [(issue.row, issue.sentence) for issue in found.issues if issue.kind == kind]


def test_figures_are_read_with_the_cell_they_are_written_in(ask) -> None:
    found = ask(
        f"disputes.mediated,64宗,,{FILE},汇总,b2,王某,2025-12-31",
        "",
        f"调解协议涉及金额,2.95万元,全年,{FILE},,B3,王某,2025-12-31",
    )
    assert told(found) == []
    first, second = found.figures
    assert (first.indicator, first.value, first.place, first.line) == ("disputes.mediated", 64, f"{FILE}「汇总」 B2", 2)
    assert (second.value, second.precision, second.written, second.cell) == (29500, 100, "2.95万元", "B3")
    assert "王某" not in str(found.figures)


def test_a_sheet_that_figures_are_taken_from_is_no_question(ask) -> None:
    line = f"disputes.mediated,64宗,,{FILE},汇总,B2,王某,2025-12-31"
    assert [issue.kind for issue in ask(line).issues] == []
    assert [issue.kind for issue in ask().issues if issue.file == FILE] == ["sheet_unknown"]


def test_a_sheet_beside_the_one_cited_is_still_asked_about(ask, workspace) -> None:
    book = openpyxl.load_workbook(workspace.raw(2025) / FILE)
    page = book.create_sheet("别的")
    for row in range(4):
        page.append([f"甲{row}", "乙", "丙"])
    book.save(workspace.raw(2025) / FILE)
    for sheet, asked in (("汇总", ["别的"]), ("", ["汇总", "别的"])):
        found = ask(f"disputes.mediated,64宗,,{FILE},{sheet},,王某,2025-12-31")
        assert [issue.sheet for issue in found.issues if issue.kind == "sheet_unknown"] == asked


def test_a_page_that_cannot_be_read_may_be_cited(ask, workspace) -> None:
    (workspace.raw(2025) / "司法所/年报.pdf").write_bytes(b"%PDF-1.7")
    found = ask(
        "disputes.mediated,64,,司法所/年报.pdf,,,王某,2025-12-31",
        f"disputes.amount_yuan,1元,,{FILE},汇总,,王某,2025-12-31",
    )
    assert (told(found), [figure.file for figure in found.figures]) == ([], ["司法所/年报.pdf", FILE])
    assert not [issue for issue in found.issues if issue.kind == "file_refused"]


def test_a_cell_of_a_word_table_may_be_cited(ask, workspace) -> None:
    (workspace.raw(2025) / "司法所/年报.docx").write_bytes(
        word.docx(word.plain([["纠纷", "金额"], ["64宗", "2.95万元"]]))
    )
    found = ask("disputes.mediated,64,,司法所/年报.docx,表1,A2,王某,2025-12-31")
    assert (told(found), [figure.place for figure in found.figures]) == ([], ["司法所/年报.docx「表1」 A2"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"disputes.mediatd,64,,{FILE},汇总,B2,王某,2025", "最接近的是“调解矛盾纠纷”（disputes.mediated）"),
        (f"disputes.mediated,约64,,{FILE},汇总,B2,王某,2025", "不是一个确定的数"),
        (f"disputes.mediated,64人,,{FILE},汇总,B2,王某,2025", "这个指标的单位是“件”"),
        (f"disputes.mediated,64,13月,{FILE},汇总,B2,王某,2025", "时段“13月”不认识"),
        (f"disputes.success_rate,95%,1月,{FILE},汇总,B2,王某,2025", "不能分月相加"),
        (f"disputes.mediated,65,,{FILE},汇总,B2,王某,2025", "单元格里现在是 64，不是所写的数"),
        (f"disputes.mediated,65,,{FILE},汇总,A2,王某,2025", "单元格里没有数"),
        (f"disputes.mediated,64,,{FILE},汇总,ZZ99999,王某,2025", "单元格里没有数"),
        (f"disputes.mediated,64,,{FILE},汇总,第2行,王某,2025", "应写成 B5 这样"),
        (f"disputes.mediated,64,,{FILE},总表,B2,王某,2025", "有的是：汇总"),
        ("disputes.mediated,64,,司法所/年.xlsx,汇总,B2,王某,2025", f"最接近的是“{FILE}”"),
        (f"disputes.mediated,64,,{FILE},汇总,B2,,2025", "没有填写：谁"),
        (f"disputes.mediated,64,,{FILE},汇总,B2,王某,2025,多", "列比标题多"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_right_is_left_out_and_told(ask, line: str, said: str) -> None:
    found = ask(line)
    ((row, sentence),) = told(found)
    assert (row, list(found.figures)) == (2, [])
    assert said in sentence


def test_one_period_has_one_figure(ask) -> None:
    found = ask(*(f"disputes.mediated,64,{period},{FILE},汇总,B2,王某,2025" for period in ("1月", "二季度", "一季度")))
    assert [figure.months for figure in found.figures] == [[1], [4, 5, 6]]
    ((row, sentence),) = told(found)
    assert row == 4
    assert "这一时段已经有一个数" in sentence


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("指标,数值", "缺少列：file（文件）"),
        (f"{HEAD},备注", "不认识或重复的列：备注"),
        ("", "缺少列"),
        (f"{HEAD},value", "重复"),
    ],
)
def test_a_file_without_its_titles_says_which(ask, head: str, said: str) -> None:
    ((_, sentence),) = told(ask(head=head))
    assert said in sentence


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x81", b"", "指标".encode("gb18030")])
def test_a_file_that_is_no_text_is_told_and_stops_nothing(ask, data: bytes) -> None:
    assert len(told(ask(data=data))) == 1


def test_a_long_number_in_the_cell_is_not_passed_on(ask, workspace: object, tmp_path: Path) -> None:
    write_workbook(workspace.raw(2025) / FILE, ["电话"], ["13812345678"], sheet="汇总")  # type: ignore[attr-defined]
    ((_, sentence),) = told(ask(f"disputes.mediated,64,,{FILE},汇总,A2,王某,2025"))
    assert "13812345678" not in sentence
