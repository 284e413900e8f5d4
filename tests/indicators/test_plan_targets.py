"""Last year's targets meet this year's results only where the mapping is certain."""

from fazhi.dictionary.loading import load_specs
from fazhi.indicators.plan_targets import compare, load_mapping
from fazhi.workspace.year_statistics import PlanTarget
from made.figures import entry, plan_target

INDICATORS = {
    "publicity.school_visits": entry(3, label="法治进校园", unit="场"),
    "service_station.offline_sessions": entry(15, label="线下集中服务", unit="场"),
    "disputes.success_rate": entry(0.944, label="调解成功率", unit="%"),
    "contracts.reviewed": entry(None, label="合同审查", unit="件次"),
    "consultations.cases": entry(600, label="法律咨询", unit="件次", open_rows=2),
}


def states(*targets, accepted=()):
    results = compare([plan_target(*target) for target in targets], INDICATORS, dict(accepted))
    return [(result.indicator, result.state) for result in results]


def test_met_short_open_and_missing():
    assert states(
        ("法治进校园活动", 3, "场"),
        ("法治导航站线下集中服务", 16, "场次"),
        ("法律咨询", 700, "件次"),
        ("合同合法性审查", 100, "件次"),
        ("法治进校园", None, "场"),
    ) == [
        ("publicity.school_visits", "met"),
        ("service_station.offline_sessions", "short"),
        ("consultations.cases", "open"),
        ("contracts.reviewed", "missing"),
        ("publicity.school_visits", "no_target"),
    ]


def test_rates_are_compared_as_shares_and_other_measures_not_at_all():
    assert states(("人民调解成功率", 95, "%"), ("调解成功率", 0.9, "%"), ("法治进校园", 300, "人次")) == [
        ("disputes.success_rate", "short"),
        ("disputes.success_rate", "met"),
        ("publicity.school_visits", "unit"),
    ]


def test_what_has_no_certain_answer_is_listed():
    assert states(("执法人员专题培训", 2, "场"), ("", 2, "场")) == [(None, "none"), (None, "none")]
    both = compare([plan_target("巡回庭审、集中普法", 2)], INDICATORS, {})[0]
    assert (both.state, both.indicator) == ("several", None)
    assert both.candidates == ["publicity.court_tours", "publicity.mass_campaigns"]


def test_the_town_says_what_answers_or_that_nothing_does():
    own = {"针对性普法宣传活动": "publicity.school_visits", "法治进校园活动": "无"}
    assert states(("针对性普法宣传活动", 3, "场"), ("法治进校园活动", 3, "场"), accepted=own.items()) == [
        ("publicity.school_visits", "met"),
        (None, "none"),
    ]


def test_the_mapping_names_known_indicators():
    assert set(load_mapping()) <= set(load_specs().indicators)


def test_a_target_without_a_name_says_so():
    (result,) = compare([PlanTarget(None, 5, None, "a.xlsx", "", 4, 0)], INDICATORS, {})
    assert (result.name, result.unit, result.state) == ("未写名称", "", "none")
