"""A run makes anew what changed and nothing else, and ends where a first run would."""

import shutil

import openpyxl
import pytest

from fazhi.returns.resubmissions import MEMORY
from fazhi.runs import pipeline
from fazhi.runs.status import status
from fazhi.workspace.paths import Workspace
from made.sheets import write_workbook

TITLES = ["演练日期", "演练类型", "地点", "参与人数", "备注"]
DRILL = ["2025-03-05", "消防", "龙井村", 60]
STUDIES = (["学习日期", "学习类别", "学习内容", "参加人数"], ["2025-03-05", "专题学习", "某题", 60])
OPINIONS = (["监督工作台账"], ["日期", "类别", "事项", "是否办结"], ["2025-06-01", "座谈会", "听取意见", "是"])

pytestmark = pytest.mark.usefixtures("few_ledgers")


def drills(workspace, *rows, signed="填表人：肖丽明"):
    write_workbook(workspace.raw(2025) / "应急管理办" / "演练.xlsx", ["应急演练台账"], TITLES, *rows, [signed])


def test_what_comes_out_the_same_makes_nothing_else_anew(workspace):
    drills(workspace, DRILL)
    first = pipeline.run(workspace, 2025)
    path = workspace.raw(2025) / "应急管理办" / "演练.xlsx"
    book = openpyxl.load_workbook(path)
    book.worksheets[0].column_dimensions["A"].width = 40
    book.save(path)
    # 附表 writes the data log of the working papers, with the fingerprint of each file.
    assert list(pipeline.run(workspace, 2025).ran) == ["识别台账", "清理应急演练台账", "汇总与统计", "附表"]
    assert status(workspace, 2025) == {}
    assert (first.folder / "report.docx").exists()


def test_what_stays_is_looked_through_again_when_more_is_hidden(workspace):
    """Who signs a ledger changes no figure, but the report that is kept may name them."""
    drills(workspace, DRILL)
    template = workspace.report_template(2025)
    template.write_text("# 报告\n\n感谢欧阳惜墨。\n", encoding="utf-8")
    folder = pipeline.run(workspace, 2025).folder
    assert "欧阳惜墨" in (folder / "report.html").read_text(encoding="utf-8")
    drills(workspace, DRILL, signed="填表人：欧阳惜墨")
    outcome = pipeline.run(workspace, 2025)
    assert "报告初稿" not in outcome.ran
    assert "notebooks/03_report.ipynb 中有台账里的姓名" in outcome.failed["报告初稿"]
    assert [path.name for path in folder.glob("report.*")] == []
    assert list(status(workspace, 2025)) == [
        "报告初稿",
        "report.html",
        "report.pdf",
        "report.docx",
        "报告初稿的图",
    ]


def test_runs_after_edits_end_where_a_first_run_would(workspace, tmp_path):
    raw = workspace.raw(2025)
    workspace.raw(2024).mkdir()
    write_workbook(workspace.raw(2024) / "演练.xlsx", ["应急演练台账"], TITLES, ["2024-03-05", "消防", "龙井村", 30])
    drills(workspace, DRILL, ["2025-04-05", "防汛", "青木村", 40], ["2025-13-05", "防汛", "青木村", 40])
    write_workbook(raw / "学法.xlsx", *STUDIES)
    pipeline.run(workspace, 2025)
    drills(workspace, [*DRILL[:3], 80], ["2025-05-05", "汛期演练", "青木村", 40])  # a value, a row fewer, a doubt
    (raw / "学法.xlsx").unlink()
    pipeline.run(workspace, 2025)
    write_workbook(raw / "平安法治办" / "监督.xlsx", *OPINIONS)
    workspace.aliases_file.write_text("values:\n  drills.kind: {汛期演练: 防汛}\n", encoding="utf-8")
    pipeline.run(workspace, 2025)
    workspace.unit_file.write_text(
        workspace.unit_file.read_text(encoding="utf-8") + "suppress_below: 5\n", encoding="utf-8"
    )
    workspace.report_template(2025).write_text("# 报告\n\n开展了演练。\n", encoding="utf-8")
    workspace.corrections_file(2025).write_text(
        "file,sheet,row,column,was,is,who,when,why\n应急管理办/演练.xlsx,Sheet1,3,参与人数,80,90,李,2026-01-02,笔误\n",
        encoding="utf-8",
    )
    outcome = pipeline.run(workspace, 2025)
    first = Workspace(tmp_path / "first")
    shutil.copytree(workspace.raw_root, first.raw_root)
    shutil.copy(workspace.key_file, first.key_file)
    assert contents(pipeline.run(first, 2025).folder) == contents(outcome.folder)


def contents(folder):
    """All that was made, but for what remembers earlier versions of a file, and the page that tells of them."""
    history = {MEMORY, "notebooks/02_statistics.ipynb", "run.json"}
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name: (folder / name).read_bytes() for name in sorted(names - history)}
