"""Any ledger whose yml names the parts its columns play can be looked at over the years; what it lacks is left out."""

import re

import pandas as pd
import pytest

from fazhi.dictionary.loading import load_specs, yearly_ledgers
from fazhi.dictionary.models import Ledger
from fazhi.dictionary.references import check_roles
from fazhi.dictionary.trend_roles import TrendRoles
from fazhi.errors import LedgerError, SpecError
from fazhi.steps import trend_menus, trends
from fazhi.town_year import TownYear
from fazhi.trend_report.document import compose
from fazhi.trend_report.selection import View, group_labels
from fazhi.trends import records, search

LEDGERS = load_specs().ledgers
WITH_TRENDS = [ledger for ledger in LEDGERS.values() if ledger.trends]


def clean_rows(ledger: Ledger, year: int, count: int) -> pd.DataFrame:
    """A clean table of the ledger: its known values in turn, spread over the year."""
    days = pd.date_range(f"{year}-01-01", f"{year}-12-31", periods=count).date
    values = {name: list(column.values) for name, column in ledger.columns.items() if column.values}
    return pd.DataFrame(
        {
            records.roles_of(ledger).date: days,
            **{name: [listed[n % len(listed)] for n in range(count)] for name, listed in values.items()},
        }
    )


def view_of(ledger: Ledger, settings, workspace, sizes: dict[int, int]) -> View:
    frames = {year: clean_rows(ledger, year, count) for year, count in sizes.items()}
    found = records.of_frames(frames, settings.unit.name, ledger)
    return View(found, (TownYear(workspace, max(sizes), settings),), max(sizes))


@pytest.mark.parametrize("ledger", WITH_TRENDS, ids=lambda ledger: ledger.id)
def test_every_ledger_with_roles_is_shown_in_its_own_words(ledger, settings, workspace):
    view = view_of(ledger, settings, workspace, {2024: 120, 2025: 300})
    found = search.find(view.records, settings.unit)
    shown = [
        trends.show_population(view), trends.show_months(view), trends.show_control(view, found), trends.show_closing(view),
        trends.show_repeats(view), trends.show_crossing(view, found), trend_menus.charts(view),
        *(trends.show_by(view, name) for name in ("place", "category", "source", "outcome")),
    ]  # fmt: skip
    text = "\n".join([one.text for one in shown] + [one.sentence for one in found])
    assert "120" in text and "300" in text
    assert all(label in text for name, label in group_labels(ledger).items() if name != "town")
    assert f"300{ledger.trends.counter}" in text
    others = {other.trends.counter for other in WITH_TRENDS} - {ledger.trends.counter}
    assert not re.search(rf"\d({'|'.join(others)})(?!数)", text)
    if ledger.id != "disputes":
        assert "纠纷调解" not in text and "受理" not in text
    title = compose(view, found).meta.title
    assert ledger.trends.counted in title


def test_signs_of_a_padded_ledger_are_told_in_the_words_of_the_ledger(settings):
    """60 on one day, the same two parties and the same sum: every sentence of a question takes its nouns from the yml."""
    roles = LEDGERS["disputes"].trends.model_copy(
        update={"noun": "信访", "counter": "批次", "event": "登记", "closing": "答复", "paid": "救助", "rate": "息访率"}
    )
    ledger = LEDGERS["disputes"].model_copy(update={"trends": roles})
    rows = {year: clean_rows(ledger, year, 90) for year in (2023, 2024)}
    many = rows[2024].assign(
        applicant="P1", respondent="P2", amount_yuan=5000, village="龙井村", closed_on="2024-12-31"
    )
    same_day = many.assign(accepted_on=many["accepted_on"].iloc[200 % len(many)])
    found = search.find(
        records.of_frames({**rows, 2025: pd.concat([rows[2024], same_day])}, "青木镇", ledger), settings.unit
    )
    text = "\n".join([one.sentence for one in found] + [part.sentence for one in found for part in one.parts])
    assert "集中信访" in text
    assert "批次" in text
    assert not re.search("件|纠纷|受理|结案|协议", text)


def test_the_counter_is_that_of_the_report():
    """What the report counts in 家次 is counted in 家次 in the trends."""
    units = {
        one.ledger: one.unit for one in load_specs().indicators.values() if one.measure == "count" and not one.where
    }
    for ledger in WITH_TRENDS:
        assert ledger.trends.counter == units.get(ledger.id, ledger.trends.counter)


def test_a_ledger_may_be_named_by_its_title(workspace):
    assert trends.open_view(2025, str(workspace.root), ledger="行政处罚台账").ledger.id == "penalties"


def test_the_roles_of_a_ledger_decide_what_is_counted(settings, workspace):
    """The same rows under other names give the same counts."""
    rows = clean_rows(LEDGERS["disputes"], 2025, 60)
    moved = {"accepted_on": "consulted_on", "category": "topic", "source": "channel"}
    frames = {2025: rows.rename(columns=moved)}
    there = records.of_frames({2025: rows}, "青木镇", LEDGERS["disputes"])
    here = records.of_frames(frames, "青木镇", LEDGERS["consultations"])
    for name in ("category", "source"):
        assert records.by_year(here, name).to_dict() == records.by_year(there, name).to_dict()
    assert records.by_month(here).equals(records.by_month(there))
    assert here.rows["outcome"].unique().tolist() == [records.UNKNOWN]


def test_another_ledger_writes_no_findings_over_those_of_the_run_and_publishes_nothing(settings, workspace):
    view = view_of(LEDGERS["inspections"], settings, workspace, {2024: 60, 2025: 60})
    trends.write_findings(view, trends.find(view))
    assert not (workspace.processed(2025) / "trends.json").exists()
    assert "不生成公开的文件" in trends.show_document(view, []).text


def test_a_ledger_whose_yml_names_no_roles_is_looked_at_by_the_kinds_of_its_columns(workspace, settings):
    ledger = LEDGERS["hotline_orders"]
    roles = records.roles_of(ledger)
    assert ledger.trends is None and (roles.date, roles.counter) == (ledger.date_column, "条")
    view = view_of(ledger, settings, workspace, {2024: 60, 2025: 90})
    assert "90" in trends.show_population(view).text and trends.find(view)
    for one in (trends.show_by(view, name) for name in ("place", "category", "source", "outcome", "office")):
        assert one.text
    with pytest.raises(LedgerError, match="没有必填的日期"):
        records.of_frames({2025: pd.DataFrame()}, "青木镇", LEDGERS["officers"])


def test_a_value_or_ledger_that_is_none_is_told(workspace, settings):
    with pytest.raises(SpecError, match="行政执法检查台账不能按 village 选看"):
        trends.open_view(2025, str(workspace.root), only={"village": "龙井村"}, ledger="inspections")
    with pytest.raises(SpecError, match="没有台账“inspection”，最接近的是“inspections”"):
        trends.open_view(2025, str(workspace.root), ledger="inspection")


def test_what_each_run_makes_trends_of_is_data():
    assert set(yearly_ledgers(load_specs())) == {ledger.id for ledger in WITH_TRENDS if ledger.trends.every_year}
    assert "disputes" in yearly_ledgers(load_specs())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"category": "feild"}, "category 所指的列“feild”不存在，最接近的是“field”"),
        ({"category": "target"}, "category 应为可以公布的 vocabulary 列，“target”不是"),
        ({"place": "field"}, "place 应为可以公布的 village 列"),
        ({"outcome": "field", "success": "成功"}, "“成功”不在 outcome 的取值中（安全生产、"),
        ({"parties": ("target",)}, "parties 应为两列"),
        ({"parties": ("inspectors", "target")}, "“inspectors”不是"),
    ],
)
def test_roles_that_lead_nowhere_are_told_on_load(change, said):
    ledger = LEDGERS["inspections"]
    roles = TrendRoles(**{**ledger.trends.model_dump(), **change})
    with pytest.raises(SpecError) as told:
        check_roles(ledger.model_copy(update={"trends": roles}))
    assert "ledgers/inspections.yml 的 trends 中" in str(told.value)
    assert said in str(told.value)


def test_the_date_of_the_trends_is_that_by_which_rows_join_a_year():
    ledger = LEDGERS["disputes"]
    roles = ledger.trends.model_copy(update={"date": "closed_on"})
    with pytest.raises(SpecError, match="首个必填日期“accepted_on”"):
        check_roles(ledger.model_copy(update={"trends": roles}))
