"""All that a town has written wrong is told at once, before anything is read; one town's faults cost only that town."""

import pytest
import yaml

from fazhi.cli.main import main
from fazhi.errors import FazhiError
from fazhi.fleet.town_result import run_town
from fazhi.runs.pipeline import run
from fazhi.runs.settings_check import open_checked
from fazhi.runs.status import status
from made.sheets import TOWN

WRONG = {
    "unit.yml": yaml.safe_dump({**TOWN, "heads": {"oversite": "监督"}, "without": ["publicty"], "fonts": {"boddy": "仿宋"}}),
    "aliases.yml": "columns: {disputs: {发生村居: village}}\nplans: {普法: publicity.mass_campaign}\n",
    "dictionary/charts.yml": "mine: {form: bars, table: disputes_by_catgory}\nother: {form: changes, indicators: [drills.hled]}\n",
    "dictionary/tables.yml": "t: {title: 甲, group: 乙, ledger: drils, by: kind, measures: [{label: 数, unit: 场, measure: count}]}\n",
    "2025/report.md": '{% extends "report.md" %}\n{% block oversight %}\n{{ oversight.opinions }}\n{{ sentense("无") }}\n{% endblock %}\n'
    "{% block plann %}甲{% endblock %}\n",
    "2025/corrections.csv": "file,row\n",
}  # fmt: skip
SAID = (
    "heads 中的“oversite”不是 report.md 的块，最接近的是“oversight”",
    "without 中“publicty”不是台账",
    "fonts 里没有“boddy”",
    "columns 中“disputs”不是台账，最接近的是“disputes”",
    "“publicity.mass_campaign”不存在，最接近的是“publicity.mass_campaigns”",
    "引用的台账“drils”不存在",
    "indicators 中“drills.hled”不存在，最接近的是“drills.held”",
    '第 3 行：指标编号要加引号，写成 {{ "oversight.opinions" | figure }}',
    "第 4 行：没有“sentense”这个变量或函数，最接近的是“sentence”",
    "第 6 行：模板没有“plann”这个块，最接近的是“plan”",
    "corrections.csv",
)


@pytest.fixture
def wrong(workspace):
    for name, text in WRONG.items():
        path = workspace.raw_root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return workspace


def test_every_fault_of_every_file_is_told_at_once(wrong):
    with pytest.raises(FazhiError) as fault:
        open_checked(2025, wrong)
    assert len(fault.value.faults) == len(SAID)
    for said in SAID:
        assert sum(said in text for text in fault.value.faults) == 1, said
    assert str(fault.value).splitlines()[0] == f"有 {len(SAID)} 处要改正："


def test_neither_a_run_nor_status_begins(wrong, capsys):
    for begin in (run, status):
        with pytest.raises(FazhiError, match="处要改正"):
            begin(wrong, 2025)
    assert not wrong.processed_root.exists() and not wrong.key_file.exists()
    assert main(["status", "--workspace", str(wrong.root)]) == 2
    assert capsys.readouterr().err.count("\n") == len(SAID) + 1


def test_a_town_with_faults_fails_alone_with_each_as_a_reason(wrong):
    (wrong.raw(2025) / "a.csv").write_text("甲", encoding="utf-8")
    result = run_town(wrong, "镇", 2025, runner=None)  # type: ignore[arg-type]  # it is not reached
    assert result.state == "failed" and len(result.reasons) == len(SAID)


def test_one_fault_is_told_as_it_is_and_none_passes(workspace):
    workspace.report_template(2025).write_text('{% extends "report.md" %}\n{% block oversight %}甲', encoding="utf-8")
    with pytest.raises(FazhiError) as fault:
        open_checked(2025, workspace)
    assert str(fault.value).startswith(
        "data/raw/2025/report.md 第 2 行写法有误：{% block oversight %} 没有结尾，缺 {% endblock %}。"
    )
    workspace.report_template(2025).unlink()
    assert open_checked(2025, workspace).settings.unit.name == TOWN["name"]
