"""Letters to the offices: what is owed and what is to be corrected; nobody is asked for what may have been received."""

import io
import re
from datetime import date

import docx
import pytest

from fazhi.cli.letters import letters_command
from fazhi.documents.docx import render_docx
from fazhi.errors import LedgerError
from fazhi.issues import Issue
from fazhi.returns.letters import MAXIMUM_ALIKE, Terms, letter_document, letters
from fazhi.steps.letters import write_letters
from made.counted_year import counted_town
from made.sheets import write_workbook

TERMS = Terms("青木镇", 2025, "青木镇平安法治办", date(2026, 1, 5), date(2025, 12, 20))


def missing(title: str, office: str) -> Issue:
    found = Issue.of("ledger_missing", "data/raw/2025", ledger_title=title, office=office)
    return Issue(**{**vars(found), "office": office})


def faulty(row: int, office: str = "司法所", file: str = "司法所/纠纷.xlsx") -> Issue:
    parts = {"cell": "“2025.13.5”", "fault": "月份不存在", "readable": "有效日期"}
    found = Issue.of("row_quarantined", file, "一季度", row=row, column="受理日期", **parts)
    return Issue(**{**vars(found), "office": office})


def text_of(letter, terms=TERMS) -> str:
    word = docx.Document(io.BytesIO(render_docx(letter_document(letter, terms))))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


def test_each_office_is_asked_for_its_own_only():
    made, spared = letters(
        [missing("应急演练台账", "应急管理办"), faulty(7), missing("合同台账", "司法所")], lambda _: 0
    )
    assert [(one.office, one.subject) for one in made] == [
        ("司法所", "补报和更正"),
        ("应急管理办", "补报"),
    ] and not spared
    law, drills = map(text_of, made)
    assert "合同台账：没有收到。" in law and "演练" not in law
    for said in (
        "司法所：",
        "于2026年1月5日前报送青木镇平安法治办",
        "纠纷.xlsx",
        "一季度",
        "7",
        "受理日期",
        "2025.13.5",
        "有效日期",
    ):
        assert said in law
    assert law.index("一、请补报的台账") < law.index("二、请更正的内容")
    assert drills.rstrip().endswith("青木镇平安法治办\n2025年12月20日") and "更正" not in drills


def test_dates_that_nobody_gave_are_left_to_be_filled_in():
    (letter,), _ = letters([missing("应急演练台账", "应急管理办")], lambda _: 0)
    said = text_of(letter, Terms("青木镇", 2025, "青木镇人民政府"))
    assert "于　　月　　日前报送" in said and not re.search(r"20\d\d年\d", said.replace("2025年法治", ""))


def test_a_ledger_that_may_be_among_unread_files_is_asked_of_nobody():
    unread = Issue.of("sheet_unknown", "应急管理办/某表.xlsx", "Sheet1", resembling="")
    made, spared = letters([missing("应急演练台账", "应急管理办"), unread], lambda _: 0)
    assert made == [] and spared == {"应急演练台账": "应急管理办/某表.xlsx"}


def test_what_only_the_analyst_can_mend_is_in_no_letter():
    known = Issue.of("figure_restated", "指标「演练」", previous_year=2024, printed="1", today="2")
    assert letters([known, Issue.of("row_duplicate_event", "司法所/a.xlsx", place="第 3 行")], lambda _: 0) == ([], {})


def test_a_file_that_could_not_be_read_is_asked_for_again_without_a_marked_workbook():
    refused = Issue.of("file_refused", "司法所/纠纷.xlsx", why="压缩结构已损坏")
    (letter,), _ = letters([Issue(**{**vars(refused), "office": "司法所"})], lambda _: 0)
    said = text_of(letter)
    assert "纠纷.xlsx：压缩结构已损坏。" in said and "涂色" not in said


def test_many_alike_are_not_all_listed():
    (letter,), _ = letters([faulty(row) for row in range(2, 40)], lambda _: 0)
    document = letter_document(letter, TERMS)
    (table,) = [block for block in document.blocks if block.type == "table"]
    assert len(table.rows) == MAXIMUM_ALIKE and f"另有{38 - MAXIMUM_ALIKE}处" in text_of(letter)


def test_a_town_writes_its_letters_and_takes_back_those_that_are_settled(few_ledgers):
    rows = [["演练日期", "演练类型", "地点", "参与人数"], ["2025.13.5", "消防", "龙井村", 60]]
    write_workbook(few_ledgers.raw(2025) / "应急管理办" / "演练.xlsx", ["应急演练台账"], *rows)
    written = write_letters(counted_town(few_ledgers), TERMS)
    names = sorted(path.relative_to(few_ledgers.root).as_posix() for path in written.files)
    assert "letters/2025/应急管理办/关于更正2025年法治政府建设台账的通知.docx" in names and len(names) == 2
    rows[1][0] = "2025-03-05"
    write_workbook(few_ledgers.raw(2025) / "应急管理办" / "演练.xlsx", ["应急演练台账"], *rows)
    write_letters(counted_town(few_ledgers), TERMS)
    left = [path for path in (few_ledgers.root / "letters").rglob("*.docx") if "应急管理办" in path.parts]
    assert left == []


def test_no_letter_is_written_from_results_that_are_not_the_last(few_ledgers):
    with pytest.raises(LedgerError, match="还没有运行过"):
        letters_command(few_ledgers.root, 2025, None, None)
