"""数据登记、假设和决定、统计方法: what the working papers say of files, decisions and methods."""

import hashlib

import pytest

from fazhi.privacy.number_shapes import numbers_in
from fazhi.steps.assumptions import assumptions_sheet
from fazhi.steps.report import read_statistics
from fazhi.steps.year_log import in_groups, methods_sheet, received_sheet
from made.counted_year import counted_town
from made.sheets import write_workbook

HEADER = ["演练日期", "演练类型", "地点", "参与人数"]
ROWS = [["2025-03-05", "消防", "龙井村", 60], ["2025-13-05", "防汛", "青木村", 40], ["2024-03-05", "消防", "龙井村", 5]]
WHO = "欧阳震华"


@pytest.fixture
def counted(few_ledgers):
    folder = few_ledgers.raw(2025)
    write_workbook(folder / "应急管理办" / "应急演练台账.xlsx", HEADER, *ROWS)
    head = ["监督日期", "监督类别", "监督主体", "意见数", "是否办结", "联系人"]
    write_workbook(folder / "监督工作台账.xlsx", head, ["2025-03-05", "群众监督", "群众", 1, "是", WHO])
    (folder / "通知.pdf").write_bytes(b"%PDF-1.4")
    few_ledgers.aliases_file.write_text(
        f"values:\n  drills.kind: {{防火: 消防}}  # 2025-12-20\nvillages: {{{WHO}家: 龙井村}}\n", encoding="utf-8"
    )
    line = "应急管理办/应急演练台账.xlsx,Sheet1,2,参与人数,60,61,王某,2025-12-21,笔误"
    (folder / "corrections.csv").write_text(f"file,sheet,row,column,was,is,who,when,why\n{line}\n", encoding="utf-8")
    town = counted_town(few_ledgers)
    return town, read_statistics(town)


def methods_are_told(town, statistics):
    """Every figure says how it is counted."""
    rows = {row[-1]: row for row in methods_sheet(town, statistics).rows}
    assert list(rows) == list(statistics.indicators)
    held = rows["drills.held"]
    assert held[2] == "2025年应急演练台账计入的行数"
    assert held[3] == "“演练日期”在2025年的1行"
    assert held[4:7] == ["应急演练台账", town.ledger("drills").office, "照实"]
    assert held[8] == f"尚有{statistics.indicators['drills.held'].open_rows}行待核实"
    assert rows["studies.attendance"][3] == "不适用" and rows["studies.attendance"][6] == "无数据"


def test_every_file_is_registered_and_every_figure_says_how_it_is_counted(counted):
    town, statistics = counted
    methods_are_told(town, statistics)
    sheet = received_sheet(town)
    titles = [field.title for field in sheet.fields]
    rows = {row[0]: dict(zip(titles, row, strict=True)) for row in sheet.rows}
    drills = town.workspace.raw(2025) / "应急管理办" / "应急演练台账.xlsx"
    row = rows["应急管理办/应急演练台账.xlsx"]
    assert row["SHA-256"].replace(":", "") == hashlib.sha256(drills.read_bytes()).hexdigest()
    assert (row["保管"], row["台账"], row["读到"]) == ("应急管理办", "应急演练台账", 4)
    assert (row["计入"], row["待核实"], row["非本年"], row["非数据"]) == (1, 1, 1, 1)
    assert len(rows["通知.pdf"]["SHA-256"]) == 64 + 8
    assert rows["通知.pdf"]["读到"] is None
    assert rows["corrections.csv"]["台账"] == "更正"
    assert rows["监督工作台账.xlsx"]["保管"] == town.ledger("oversight").office


def test_no_fingerprint_is_taken_for_a_number_that_names_someone():
    prints = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(500)]
    assert numbers_in("\n".join(prints))  # as they are, some would be
    assert numbers_in("\n2025年.xlsx\n".join([*map(in_groups, prints), in_groups("a1345678" * 8)])) == []


def test_decisions_are_listed_with_their_dates_and_without_private_values(counted):
    town, statistics = counted
    rows = assumptions_sheet(town, statistics).rows
    said = {(row[0], row[1]): row[3] for row in rows}
    assert said["认定的写法", "应急演练台账“演练类型”：“防火”即“消防”"] == "2025-12-20"
    (mended,) = (row for row in rows if row[0] == "更正")
    assert mended[1] == "应急管理办/应急演练台账.xlsx「Sheet1」第2行“参与人数”"
    assert "王某" in mended[3] and "2025-12-21" in mended[3]
    assert ("归入年度", "应急演练台账按“演练日期”") in said
    assert ("公布下限", "涉及个人事务的数小于3的不公布") in said
    assert not any(WHO in str(cell) for row in rows for cell in row)
    assert any(row[0] == "认定的村（居）" for row in rows)
