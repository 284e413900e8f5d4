"""What the command says around its work: failures as JSON, how much is told, what is open, a reader that has had enough."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from fazhi.cli.main import main
from fazhi.cli.run import _failures
from fazhi.cli.status import status_command
from fazhi.issues import OpenQuestions
from fazhi.issues.groups import QuestionGroup
from fazhi.runs.pipeline import Outcome
from fazhi.runs.run_log import KEPT, write_log
from fazhi.runs.status import status, step_graph
from fazhi.town_year import open_year
from fazhi.workspace.files import write_json
from fazhi.workspace.run_record import NO_RUN


def said(capsys, *words):
    code = main(words)
    return code, *capsys.readouterr()


@pytest.mark.parametrize(
    "words", [("status", "2031"), ("run", "2031"), ("trace", "drills.hled"), ("open",), ("accept", "1", "x"), ("new-year", "2025"), ("check", "x.md")]
)  # fmt: skip
def test_a_failure_is_json_where_json_is_asked_for(workspace, capsys, words):
    code, out, err = said(capsys, *words, "--json", "--workspace", str(workspace.root))
    assert code == 2 and json.loads(out)["error"] == err.strip() == "\n".join(json.loads(out)["faults"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("run", "--jobs", "-1"), "--jobs：应为正整数，写的是“-1”"),
        (("run", "--jobs", "0"), "--jobs：应为正整数"),
        (("run", "--quiet", "--verbose"), "--verbose 不能与 --quiet 同用"),
        (("open", "nix"), "应为 report、trends、appendix、returned、draft 之一，写的是“nix”"),
        (("zzz",), "没有命令“zzz”，可用的有：run、"),
    ],
)
def test_a_slip_on_the_line_is_told_in_one_chinese_sentence(capsys, words, message):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2 and message in capsys.readouterr().err


def test_status_tells_what_is_open_and_writes_nothing(workspace, capsys):
    before = sorted(workspace.root.rglob("*"))
    assert status_command(workspace.root, 2025, as_json=False) == 0
    assert capsys.readouterr().out == "识别台账：因尚未生成\n" and sorted(workspace.root.rglob("*")) == before
    group = QuestionGroup("warning", "司法所", "演练.xlsx 第 3 行：请核对。", 1)
    counts = {"error": 0, "warning": 1, "info": 0}
    record = replace(NO_RUN, open=OpenQuestions(counts, [group], 0, [], []))
    workspace.processed(2025).mkdir(parents=True)
    write_json(workspace.processed(2025) / "run.json", record)
    status_command(workspace.root, 2025, as_json=False)
    assert "请核实 1 处：\n  司法所\n  · 演练.xlsx 第 3 行：请核对。" in capsys.readouterr().out
    status_command(workspace.root, 2025, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["open"]["counts"]["warning"] == 1 and "识别台账" in told["due"]


def test_the_graph_has_every_step_and_marks_those_due(workspace):
    drawn = step_graph(workspace, 2025, status(workspace, 2025)).splitlines()
    names = {line.split("[")[1].strip('"]'): line.split("[")[0].strip() for line in drawn if "[" in line}
    assert {"识别台账", "汇总与统计", "报告初稿", "report.pdf"} <= set(names)
    arrows = {tuple(line.split(" --> ")) for line in (line.strip() for line in drawn) if "-->" in line}
    assert (names["报告初稿"], names["report.pdf"]) in arrows and (names["汇总与统计"], names["报告初稿"]) in arrows
    assert drawn[-1] == f"  class {names['识别台账']} due"


def test_one_message_of_several_steps_is_told_once(tmp_path):
    failed = {
        "报告初稿": "笔记本 03 运行到单元 In [3] 时出错：缺字体。",
        "附表": "笔记本 05 运行到单元 In [4] 时出错：缺字体。",
        "趋势": "内存不够",
    }
    assert _failures(Outcome(2025, tmp_path, failed=failed)) == {"缺字体。": ["报告初稿", "附表"], "内存不够": ["趋势"]}


def test_the_log_of_a_run_says_what_ran_and_holds_no_private_number(workspace):
    town = open_year(2025, workspace)
    for number in range(KEPT + 3):
        town.workspace.logs.mkdir(parents=True, exist_ok=True)
        (town.workspace.logs / f"20250101-0000{number:02}-2025.log").touch()
    failed = {"报告初稿": "出错：电话 13812345678 的人"}
    write_log(town, {"报告初稿": ["report.md 有改动"]}, failed, {"报告初稿": 2.04})
    logs = sorted(town.workspace.logs.iterdir())
    text = logs[-1].read_text(encoding="utf-8")
    assert len(logs) == KEPT and "报告初稿（2.0 秒）：因report.md 有改动" in text
    assert "报告初稿没有完成" in text and "13812345678" not in text


def test_a_reader_that_closes_its_end_is_no_fault(workspace):
    code = "import sys; from fazhi.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "status", "--graph", "--workspace", str(workspace.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait() == 0
