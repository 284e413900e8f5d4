"""Matrices: a heading is a day, a month or a kind, a cell a record or a number; what is not understood is asked, not counted."""

import datetime

import pytest

from fazhi.cleaning.clean import clean
from fazhi.cleaning.records import Cleaned
from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.form import form_of_content
from fazhi.dictionary.loading import load_specs
from fazhi.errors import SpecError
from fazhi.issues import Issue
from fazhi.recognition.ledgers import recognise
from fazhi.town_year import town_settings
from made.sheets import make_file, make_sheet, records

SPECS = load_specs()
VISITS = {
    "title": "检查安排与完成（单位×日期）", "ledger": "inspections", "headings": ["序号", "场所"], "columns": {"场所": "target"},
    "matrix": {"across": "inspected_on"},
}  # fmt: skip
DRILLS = {
    "title": "各村演练人数（村×月）", "ledger": "drills", "headings": ["村居"], "columns": {"村居": "village"},
    "constants": {"kind": "消防"}, "matrix": {"across": "held_on", "number": "participants"},
}  # fmt: skip
STUDY = {
    "title": "学法签到（人×日期）", "ledger": "studies", "headings": ["姓名"], "ignore": ["姓名"],
    "constants": {"kind": "法律法规学习"}, "matrix": {"across": "held_on", "number": "attendance", "each": "column"},
}  # fmt: skip


def read(form: dict[str, object], town, *rows: list[object], **more: object) -> tuple[Cleaned, list[Issue]]:
    settings = town_settings(SPECS, town, Aliases(), [form_of_content("m", form, SPECS.ledgers)])
    file = make_file("办公室/表.xlsx", make_sheet(list(rows), **more))
    tables, issues = recognise(file, settings)
    ledger = SPECS.ledgers[str(form["ledger"])]
    return clean(ledger, [(file, table) for table in tables], settings, 2025), issues


def kept(cleaned: Cleaned, *names: str) -> list[tuple[object, ...]]:
    return [(one.row, *(one.value(name).value for name in names)) for one in records(cleaned) if one.fate == "kept"]


def asked(*issues: Issue) -> list[tuple[int | None, str]]:
    return [(one.row, one.column) for one in issues if one.kind == "column_decides"]


def test_each_tick_is_a_record_in_its_row(town) -> None:
    cleaned, issues = read(
        VISITS, town, ["检查完成情况"], ["序号", "场所", "3月5日", datetime.date(2025, 4, 2), "合计"],
        [1, "陶家商店", "√", None, 1], [2, "河口酒坊", "√", "√", 2], [3, "竹林超市", "×", "/", 0], ["合计", None, 2, 1, 3],
    )  # fmt: skip
    found = kept(cleaned, "inspected_on", "target")
    assert sorted(found) == [
        (3, datetime.date(2025, 3, 5), "陶家商店"), (4, datetime.date(2025, 3, 5), "河口酒坊"),
        (4, datetime.date(2025, 4, 2), "河口酒坊"),
    ]  # fmt: skip
    (fates,) = cleaned.fates
    assert fates.fates == ["not_data", "not_data", "kept", "kept", "not_data", "not_data"]
    assert asked(*issues) == []


@pytest.mark.parametrize(("cell", "what"), [("请假", "请假"), ("2", "2"), ("？", "看不出")])
def test_a_cell_that_is_neither_yes_nor_no_is_asked_and_not_counted(town, cell: str, what: str) -> None:
    cleaned, issues = read(
        VISITS, town, ["序号", "场所", "3月5日", "4月2日"], [1, "陶家商店", cell, "√"], [2, "河口酒坊", "√", None]
    )
    assert sorted(row for row, _ in kept(cleaned, "target")) == [2, 3]
    assert asked(*issues) == [(2, "3月5日")]
    assert all(what in one.found for one in issues if one.kind == "column_decides")


def test_a_heading_that_is_no_day_is_asked_where_it_holds_anything(town) -> None:
    rows = ["序号", "场所", "3月5日", "4月2日", "补查", "备注"]
    cleaned, issues = read(
        VISITS, town, rows, [1, "陶家商店", "√", None, "√", "很好"], [2, "河口酒坊", "√", "√", None, None]
    )
    assert len(kept(cleaned, "target")) == 3
    assert asked(*issues) == [(None, "补查")]
    assert asked(*read(VISITS, town, rows, [1, "陶家商店", "√", "√", None, None])[1]) == []


def test_numbers_under_months_are_counts_on_their_last_day(town) -> None:
    cleaned, issues = read(
        DRILLS,
        town,
        ["村居", "1月", "2025年2月", "合计"],
        ["龙井村", 30, 20, 50],
        ["青木村", 0, "四十人", 40],
        ["合计", 30, 60, 90],
    )
    assert sorted(kept(cleaned, "held_on", "village", "participants")) == [
        (2, datetime.date(2025, 1, 31), "龙井村", 30), (2, datetime.date(2025, 2, 28), "龙井村", 20), (3, datetime.date(2025, 2, 28), "青木村", 40),
    ]  # fmt: skip
    assert asked(*issues) == []
    cleaned, issues = read(DRILLS, town, ["村居", "1月", "2月"], ["龙井村", "约30", "√"], ["青木村", 10, 20])
    assert (len(kept(cleaned, "village")), asked(*issues)) == (2, [(2, "1月"), (2, "2月")])


def test_a_column_may_be_the_record_with_its_ticks_added_up(town) -> None:
    cleaned, issues = read(
        STUDY, town, ["姓名", "3月5日", "4月2日", "5月6日", "备注"], ["欧阳青禾", "√", "√", None, None], ["司马长风", "√", "×", None, None],
        ["诸葛明", "√", None, None, "作废"], ["上官雪", "√", "√", None, None], struck={5: 3},
    )  # fmt: skip
    assert kept(cleaned, "held_on", "attendance") == [
        (2, datetime.date(2025, 3, 5), 2),
        (2, datetime.date(2025, 4, 2), 1),
    ]
    assert asked(*issues) == []
    _, issues = read(STUDY, town, ["姓名", "3月5日", "4月2日", "备注"], ["欧阳青禾", "√", "√", "没有作废"])
    assert asked(*issues) == [(2, "备注")]


def test_months_over_days_are_one_date(town) -> None:
    cleaned, _ = read(
        VISITS, town, ["序号", "场所", "3月", None, "4月"], [None, None, "5日", "12日", "2日"], [1, "陶家商店", "√", "√", "√"],
        merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)],
    )  # fmt: skip
    assert sorted(day for _, day in kept(cleaned, "inspected_on")) == [
        datetime.date(2025, 3, 5), datetime.date(2025, 3, 12), datetime.date(2025, 4, 2),
    ]  # fmt: skip


def test_a_row_partly_struck_is_not_taken_for_void(town) -> None:
    rows = ["序号", "场所", "3月5日", "4月2日"], [1, "陶家商店", "√", "√"], [2, "河口酒坊", "√", "√"]
    cleaned, _ = read(VISITS, town, *rows, struck={2: 2, 3: 4})
    assert [row for row, _ in kept(cleaned, "target")] == [2, 2]


def test_a_sheet_of_the_same_headings_without_days_is_no_matrix(town) -> None:
    settings = town_settings(SPECS, town, Aliases(), [form_of_content("m", VISITS, SPECS.ledgers)])
    file = make_file("办公室/表.xlsx", make_sheet([["序号", "场所", "电话"], [1, "陶家商店", "x"]]))
    assert recognise(file, settings)[0] == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"across": "inspected_at"}, "最接近的是“inspected_on”"),
        ({"across": "target"}, "不是日期"),
        ({"across": "inspected_on", "number": "field"}, "不是件数"),
        ({"across": "inspected_on", "each": "column"}, "须写明合计成哪一列"),
    ],
)
def test_a_matrix_that_names_what_is_not_there_is_refused(change: dict[str, str], said: str) -> None:
    with pytest.raises(SpecError, match=said):
        form_of_content("m", {**VISITS, "matrix": change}, SPECS.ledgers)


def test_a_form_that_is_no_matrix_needs_two_headings() -> None:
    one = {key: value for key, value in VISITS.items() if key != "matrix"} | {"headings": ["场所"]}
    with pytest.raises(SpecError, match="至少写 2 个"):
        form_of_content("m", one, SPECS.ledgers)
