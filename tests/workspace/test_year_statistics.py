"""statistics.json is the dump of the year's statistics, and reads back as what was dumped."""

import json
from dataclasses import replace

import pytest

from fazhi.workspace.files import dump_json
from fazhi.workspace.year_statistics import PlanResult, SheetRows, parse_statistics
from made.figures import entry, ledger_state, plan_target, statistics

RESULT = PlanResult("普法", 4, "场", None, None, "", ["publicity.court_tours"], "a.xlsx", "", 5, 2, "several")


def year():
    rows = [SheetRows("司法所/纠纷.xlsx", "一", [4, 6])]
    indicators = {
        "disputes.mediated": entry(2, 0.5, rows=rows, row_count=2, office_counts={"司法所": 2}),
        "disputes.success_rate": entry(None, 1.0, measure="share", unit="%"),
    }
    targets = [plan_target("普法", 4), plan_target("培训", 0.95, "%")]
    ledgers = {"disputes": ledger_state(kept=2, duplicate=1)}
    summaries = {"disputes_by_kind": 3}
    return statistics(indicators, ledgers, plan_targets=targets, plan_results=[RESULT], summaries=summaries)


def test_what_is_dumped_reads_back_the_same():
    told = parse_statistics(json.loads(dump_json(year())))
    assert told == year()
    assert dump_json(told) == dump_json(year())


def test_a_ledger_s_fates_stand_beside_its_name_after_their_sum():
    state = json.loads(dump_json(year()))["ledgers"]["disputes"]
    assert list(state)[:5] == ["title", "office", "status", "read", "kept"]
    assert (state["read"], state["kept"], state["duplicate"]) == (3, 2, 1)


def test_of_a_missing_ledger_last_year_s_value_comes_after_the_rows():
    counted, missing = json.loads(dump_json(year()))["indicators"].values()
    assert counted.keys() == missing.keys()
    assert list(counted)[-5:] == ["rows", "row_count", "office_counts", "open_rows", "status"]
    assert list(missing)[-4:] == ["previous", "previous_year", "open_rows", "status"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: None,
        lambda told: [],
        lambda told: {**told, "ledgers": None},
        lambda told: {**told, "indicators": {"disputes.mediated": {"value": 3}}},
        lambda told: {**told, "indicators": {"a": {**told["indicators"]["disputes.mediated"], "value": "三"}}},
    ],
)
def test_what_no_run_wrote_is_refused(spoil):
    told = json.loads(dump_json(year()))
    parse_statistics(told)
    with pytest.raises(ValueError, match=r"statistics|Statistics"):
        parse_statistics(spoil(told))


def test_a_rate_is_known_by_its_measure():
    assert replace(entry(), measure="ratio").is_rate and not entry().is_rate
