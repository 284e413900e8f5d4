"""What a year's steps depend on."""

import shutil

from fazhi import town_year
from fazhi.runs import plan
from fazhi.runs.notebook_steps import NOTEBOOKS, TRENDS, NotebookStep
from fazhi.runs.plan import job, later_steps, stale_steps, survey_step
from fazhi.runs.staleness import Step, changes, in_scope
from fazhi.workspace.files import write_bytes
from fazhi.workspace.run_record import NO_RUN, RunRecord


def test_the_trends_depend_on_the_disputes_of_all_years_up_to_theirs(workspace):
    for year in (2023, 2024, 2026):
        workspace.raw(year).mkdir()
    town = town_year.open_year(2025, workspace)
    planned = list(later_steps(town, survey_step(town)))
    (trends,) = (step for step in planned if step.name == TRENDS.name)
    before = [f"{year}/01_clean_ledger.disputes" for year in (2023, 2024)]
    assert trends.after == [
        "2025/02_statistics",
        *before,
    ]  # which decides what may be published, after the year's cleaning
    assert in_scope(trends, "documents")
    assert not in_scope(trends, "statistics")
    earlier = workspace.processed(2023) / "clean" / "disputes.parquet"
    write_bytes(earlier, b"before")
    run = RunRecord(steps={TRENDS.name: trends.fingerprints()})
    assert changes(trends, run) == []
    write_bytes(earlier, b"after")
    assert changes(trends, run) == ["2023年矛盾纠纷调解台账 有改动"]
    earlier.unlink()
    assert changes(trends, run) == ["2023年矛盾纠纷调解台账 已移除"]
    record = RunRecord(steps={step.name: step.fingerprints() for step in planned})
    reasons = stale_steps(planned, {2025: record}, workspace.processed)
    assert reasons == {}


def test_a_step_is_not_made_for_one_before_it_that_is_stale_but_not_wanted(tmp_path):
    steps_ = [
        Step(2023, "b", "乙（前年）", {}, []),
        Step(2024, "b", "乙（上年）", {}, [], after=["2023/b"]),
        Step(2025, "b", "乙", {}, [], after=["2024/b"]),
    ]
    records = {2023: NO_RUN, 2024: RunRecord(steps={"b": {}}), 2025: RunRecord(steps={"b": {}})}
    everything = stale_steps(steps_, records, lambda year: tmp_path)
    assert everything == {"2023/b": ["尚未生成"], "2024/b": ["乙（前年） 将重做"], "2025/b": ["乙（上年） 将重做"]}
    assert list(stale_steps(steps_, records, lambda year: tmp_path, lambda step: step.year > 2023)) == ["2023/b"]


def test_a_notebook_is_added_by_an_entry(workspace, tmp_path, monkeypatch):
    new = NotebookStep(
        "07_letters", "函件", reads=("trends.json", "rows.parquet"), document="letters", formats=("docx",)
    )
    folder = tmp_path / "notebooks"
    shutil.copytree(plan.notebook_folder(), folder)
    shutil.copy(folder / "06_returned.ipynb", folder / "07_letters.ipynb")
    monkeypatch.setattr(plan, "notebook_folder", lambda: folder)
    monkeypatch.setattr(plan, "NOTEBOOKS", (*NOTEBOOKS, new))
    town = town_year.open_year(2025, workspace)
    letters, docx = list(later_steps(town, survey_step(town)))[-2:]
    assert (letters.label, docx.label) == ("函件", "letters.docx")
    assert letters.after == ["2025/04_dispute_trends"]  # which comes after the statistics itself
    assert {"trends.json", "rows.parquet"} <= letters.reads.keys()
    assert docx.after == [letters.id]
    assert job(town, letters, [docx.id, *letters.after]).after == tuple(letters.after)
    assert job(town, docx, [letters.id]).parameters["name"] == "letters"
    assert not in_scope(docx, "statistics")
