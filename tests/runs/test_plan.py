"""What a year's steps depend on."""

from fazhi import town_year
from fazhi.runs.plan import TRENDS, due, in_scope, later_steps
from fazhi.runs.staleness import Step, changes
from fazhi.workspace.files import write_bytes


def test_the_trends_depend_on_the_disputes_of_all_years_up_to_theirs(workspace):
    for year in (2023, 2024, 2026):
        workspace.raw(year).mkdir()
    planned = list(later_steps(town_year.open_year(2025, workspace)))
    (trends,) = (step for step in planned if step.name == TRENDS)
    assert trends.after == [f"{year}/01_clean_ledger.disputes" for year in (2025, 2023, 2024)]
    assert in_scope(trends, "documents")
    assert not in_scope(trends, "statistics")
    earlier = workspace.processed(2023) / "clean" / "disputes.parquet"
    write_bytes(earlier, b"before")
    run = {"steps": {TRENDS: trends.prints()}}
    assert changes(trends, run) == []
    write_bytes(earlier, b"after")
    assert changes(trends, run) == ["2023年矛盾纠纷调解台账 有改动"]
    earlier.unlink()
    assert changes(trends, run) == ["2023年矛盾纠纷调解台账 已移除"]
    record = {"steps": {step.name: step.prints() for step in planned}, "outputs": {}}
    reasons = due(planned, {2025: record}, workspace.processed)
    assert reasons == {}


def test_a_step_is_not_made_for_one_before_it_that_is_stale_but_not_wanted(tmp_path):
    steps_ = [
        Step(2023, "b", "乙（前年）", {}, []),
        Step(2024, "b", "乙（上年）", {}, [], after=["2023/b"]),
        Step(2025, "b", "乙", {}, [], after=["2024/b"]),
    ]
    records = {2023: {}, 2024: {"steps": {"b": {}}}, 2025: {"steps": {"b": {}}}}
    everything = due(steps_, records, lambda year: tmp_path)
    assert everything == {"2023/b": ["尚未生成"], "2024/b": ["乙（前年） 将重做"], "2025/b": ["乙（上年） 将重做"]}
    assert list(due(steps_, records, lambda year: tmp_path, lambda step: step.year > 2023)) == ["2023/b"]
