"""Totals out of sheets that a form of the town calls a summary."""

import pytest

from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.form import form_of_content
from fazhi.dictionary.form_totals import check_figures
from fazhi.dictionary.loading import load_specs
from fazhi.errors import SpecError
from fazhi.recognition.ledgers import recognise
from fazhi.recognition.summary_forms import figures_on_forms
from fazhi.town_year import town_settings
from made.sheets import make_file, make_sheet

SPECS = load_specs()
MONTHLY = {
    "title": "月报", "kind": "summary", "headings": ["月份", "审查件次", "备注"], "period": "月份",
    "figures": {"审查件次": "contracts.reviewed"},
}  # fmt: skip
YEARLY = {
    "title": "年报", "kind": "summary", "headings": ["村居", "纠纷（宗）", "金额（万元）"],
    "figures": {"纠纷（宗）": "disputes.mediated", "金额（万元）": "disputes.amount_yuan"},
}  # fmt: skip


def read(form: dict[str, object], town, *rows: list[object], name: str = "年报.xlsx"):
    made = form_of_content("s", form, SPECS.ledgers)
    check_figures([made], SPECS)
    settings = town_settings(SPECS, town, Aliases(), [made])
    file = make_file(f"司法所/{name}", make_sheet(list(rows)))
    assert recognise(file, settings) == ([], [])
    figures, issues = figures_on_forms([file], settings, 2025)
    assert all(issue.kind == "figure_unread" for issue in issues)
    assert any(f.doubtful for f in figures) == bool(issues and figures)
    return [(f.indicator, f.value, list(f.months), f.cell) for f in figures], [(i.row, i.found) for i in issues]


HEAD = ["月份", "审查件次", "备注"]
WHOLE = list(range(1, 13))


def test_rows_of_months_are_figures_and_sums_are_held_against_them(town) -> None:
    figures, issues = read(
        MONTHLY, town, ["2025年月报"], HEAD, ["1月", "479件次", ""], ["2月", 20, ""], ["3月", "无", ""], ["一季度", 499, ""], ["4月", 1, ""],
        ["合计", 500, ""],
    )  # fmt: skip
    assert figures == [
        ("contracts.reviewed", 479, [1], "B3"), ("contracts.reviewed", 20, [2], "B4"), ("contracts.reviewed", 1, [4], "B7"),
    ]  # fmt: skip
    assert issues == []


@pytest.mark.parametrize(
    ("row", "at", "said"),
    [
        (["一季度", 30, ""], 4, "时段重叠"),
        (["合计", 30, ""], 4, "逐行相加是 25，合计写的是 30"),
        (["某月", 3, ""], 4, "看不出是哪个月的"),
        (["3月", "约3", ""], 4, "不是一个确定的数"),
        (["3月", "3人", ""], 4, "单位是“人”"),
    ],
)
def test_what_is_not_certain_is_told(town, row: list[object], at: int, said: str) -> None:
    figures, issues = read(MONTHLY, town, HEAD, ["1月", 5, ""], ["2月", 20, ""], row)
    assert [value for _, value, _, _ in figures] == [5, 20]
    ((place, found),) = issues
    assert place == at
    assert said in found


def test_rows_of_villages_add_up_to_the_years_figure(town) -> None:
    rows = [["龙井村", 40, 2.5], ["青木村", 24, 0.45], ["合计", 64, 2.95]]
    figures, issues = read(YEARLY, town, ["村居", "纠纷（宗）", "金额（万元）"], *rows)
    assert figures == [("disputes.mediated", 64, WHOLE, "B2:B3"), ("disputes.amount_yuan", 29500, WHOLE, "C2:C3")]
    assert issues == []
    figures, issues = read(YEARLY, town, ["村居", "纠纷（宗）", "金额（万元）"], *rows[:2], ["合计", 65, 2.95])
    assert [found for _, found in issues] == ["“纠纷(宗)”逐行相加是 64，合计写的是 65，按逐行相加"]
    assert figures[0][1] == 64


def test_a_unit_of_money_above_the_table_is_read(town) -> None:
    form = {**YEARLY, "headings": ["村居", "纠纷", "金额"], "figures": {"金额": "disputes.amount_yuan"}}
    figures, _ = read(form, town, ["单位：万元"], ["村居", "纠纷", "金额"], ["全镇", 64, 2.95])
    assert figures == [("disputes.amount_yuan", 29500, WHOLE, "C3")]


def test_a_sheet_of_another_year_and_one_without_a_column_are_told(town) -> None:
    assert read(MONTHLY, town, ["2024年月报"], HEAD, ["1月", 5, ""])[0] == []
    _, issues = read(MONTHLY, town, HEAD, ["1月", 5, ""], name="2024年月报.xlsx")
    assert [found for _, found in issues] == ["标题或名称写的是2024年，不是2025年"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"figures": {"审查件次": "contracts.review"}}, "最接近的是“contracts.reviewed”"),
        ({"figures": {}}, "须写明 figures"),
        ({"kind": "plan"}, "kind 应为 summary"),
        ({"figures": {"审查件次": "contracts.reviewed", "备注": "contracts.reviewed"}}, "同一个指标"),
    ],
)
def test_a_form_of_totals_that_does_not_hold_together_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(SpecError, match=said):
        check_figures([form_of_content("s", {**MONTHLY, **change}, SPECS.ledgers)], SPECS)
