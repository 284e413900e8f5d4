"""The command as an analyst meets it: messages, exit codes, one bad file among good ones."""

import io
import json
import os
import sys
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from fazhi.cli.main import _in_utf8, _set_streams, main
from fazhi.cli.run import print_whole
from fazhi.dictionary.loading import load_specs
from made.sheets import write_workbook

DRILLS = (["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"], ["2025-03-05", "消防", "龙井村", 60])


@pytest.fixture
def run(workspace, capfd):
    """Run the command in the town; gives its exit code and what it printed."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--workspace", str(workspace.root)])
        told = capfd.readouterr()
        return code, told.out, told.err

    return call


def test_a_year_without_a_folder(run):
    code, _, error = run("run", "2031")
    assert code == 2
    assert error == (
        "data/raw 下没有 2031 文件夹（已有年份：2025）。请先运行 fazhi new-year 2031，再把各科室台账放入 data/raw/2031/。\n"
    )


def test_a_year_without_files(run):
    code, out, _ = run("run", "2025")
    assert code == 1
    assert "data/raw/2025：没有文件，应为各科室台账。请放入台账后重试。" in out


def test_a_misspelt_argument(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["run", "--yer", "2025"])
    assert stop.value.code == 2
    assert capsys.readouterr().err == "没有选项 --yer。\n用法见 fazhi run --help\n"


def test_a_broken_unit_yml_stops_the_run_with_its_line(run, workspace):
    workspace.unit_file.write_text("name: 青木镇\n  villages: [", encoding="utf-8")
    code, _, error = run("run", "2025")
    assert code == 2
    assert error.startswith("unit.yml 第 2 行写法有误")


def test_one_bad_file_costs_that_file_only_and_the_draft_shows_what_is_missing(run, workspace):
    write_workbook(workspace.raw(2025) / "应急管理办" / "演练.xlsx", *DRILLS)
    (workspace.raw(2025) / "司法所").mkdir()
    (workspace.raw(2025) / "司法所" / "矛盾纠纷调解台账.xlsx").write_bytes(b"PK\x03\x04 cut short")
    code, out, error = run("run", "2025")
    assert (code, error) == (1, "")
    assert "司法所/矛盾纠纷调解台账.xlsx" in out
    owed = [ledger for ledger in load_specs().ledgers.values() if not ledger.optional]
    assert f"缺 {len(owed) - 1} 本台账：" in out
    assert "矛盾纠纷调解台账（司法所）" in out
    folder = workspace.processed(2025)
    told = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))["indicators"]
    assert (told["drills.held"]["value"], told["disputes.mediated"]["value"]) == (1, None)
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "待核实" in page
    assert "1场" in page
    assert "None" not in page


def test_a_template_that_cannot_be_rendered_fails_the_report_and_nothing_else(run, workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    workspace.report_template(2025).write_text(
        '{% extends "report.md" %}\n{% block study %}\n{{ 1 / 0 }}{% endblock %}\n', encoding="utf-8"
    )
    code, _, error = run("run", "2025")
    assert code == 2
    assert "报告初稿" in error and "没有完成" in error
    assert "report.md" in error
    assert (workspace.processed(2025) / "statistics.json").exists()
    assert not (workspace.processed(2025) / "report.html").exists()


def test_a_private_name_in_the_year_s_own_wording_stops_publication(run, workspace):
    header = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "调解结果"]
    row = ["2025-1-2", "龙井村", "邻里", "欧阳青禾", "丙某某", "成功"]
    write_workbook(workspace.raw(2025) / "司法所" / "纠纷.xlsx", ["矛盾纠纷调解台账"], header, row)
    text = '{% extends "report.md" %}\n{% block study %}\n欧阳青禾一案已办结。\n{% endblock %}\n'
    workspace.report_template(2025).write_text(text, encoding="utf-8")
    code, out, error = run("run", "2025")
    assert code == 2
    assert "中有台账里的姓名。未予发布，已撤下" in error
    assert "欧阳青禾" not in out + error
    assert not list(workspace.processed(2025).glob("report.*"))


def test_trace_prints_the_definition_and_the_rows(run, workspace, tmp_path):
    write_workbook(workspace.raw(2025) / "应急管理办" / "演练.xlsx", *DRILLS)
    assert run("trace", "drills.held")[0] == 2
    assert run("run", "2025")[0] == 1
    code, out, _ = run("trace", "drills.held", "--xlsx", str(tmp_path / "rows.xlsx"))
    assert code == 0
    assert out.splitlines()[:6] == [
        "应急演练（drills.held）：1场",
        "定义：2025年应急演练台账计入的行数",
        "上年：—，变化 —",
        "依据 1 行：",
        "  应急管理办/演练.xlsx「Sheet1」 第 3 行",
        f"已写入 {tmp_path / 'rows.xlsx'}",
    ]
    import openpyxl

    rows = list(openpyxl.load_workbook(tmp_path / "rows.xlsx").worksheets[-1].values)
    assert rows[-1] == ("2025-03-05", "消防", "龙井村", 60, "应急管理办/演练.xlsx", "Sheet1", 3)
    code, _, error = run("trace", "drills.hold")
    assert code == 2
    assert error.startswith("没有指标“drills.hold”，最接近的是：") and "drills.held（应急演练）" in error


def test_status_says_where_a_source_was_edited_and_its_notebook_not(run, monkeypatch, tmp_path):
    (tmp_path / "02_statistics.py").write_text("# %%\n1\n", encoding="utf-8")
    monkeypatch.setattr("fazhi.cli.status.notebook_folder", lambda: tmp_path)
    code, out, _ = run("status", "2025")
    assert (code, out.splitlines()[0]) == (0, "02_statistics.py 改过：由它重新生成 02_statistics.ipynb。")
    assert not (tmp_path / "02_statistics.ipynb").exists()


def test_status_says_what_would_run_and_why(run, workspace):
    code, out, _ = run("status", "2025")
    assert (code, out) == (0, "识别台账：因尚未生成\n")


def test_a_new_town_and_a_new_year(tmp_path, capsys):
    folder = tmp_path / "新镇"
    assert main(["new", str(folder)]) == 0
    assert main(["new-year", "2026", "--workspace", str(folder)]) == 2
    assert "villages（各村（居））、offices（各科室） 还没有填写" in capsys.readouterr().err
    unit = folder / "data" / "raw" / "unit.yml"
    filled = (
        unit.read_text(encoding="utf-8")
        .replace("villages: []", "villages: [石桥村]")
        .replace("offices: []", "offices: [司法所]")
    )
    unit.write_text(filled, encoding="utf-8")
    assert main(["new-year", "2026", "--workspace", str(folder)]) == 0
    assert (folder / "data" / "raw" / "2026" / "司法所").is_dir()
    assert "已建立 data/raw/2026 及 1 个科室文件夹" in capsys.readouterr().out
    assert "data/raw/" in (folder / ".gitignore").read_text(encoding="utf-8") and (folder / "说明.txt").exists()
    with pytest.raises(SystemExit):
        main(["new-year", "26", "--workspace", str(folder)])
    assert "年度：应为四位数字，如 2025，写的是“26”" in capsys.readouterr().err
    assert main(["new", str(folder / "里面")]) == 2
    assert "在另一个工作区" in capsys.readouterr().err
    assert main(["new", str(folder)]) == 2
    assert "已是工作区，未作改动" in capsys.readouterr().err


def test_json_for_programs(run, workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    code, out, _ = run("run", "2025", "--json")
    told = json.loads(out)
    assert code == 1
    assert told["failed"] == {}
    assert "report.pdf" in told["written"]
    assert {issue["kind"] for issue in told["issues"] if issue["severity"] == "error"} == {"ledger_missing"}


def test_a_ledger_without_its_date_column_is_open_and_never_said_to_be_empty(run, workspace):
    """All its rows wait, with one issue together: the report must not claim that nothing was done."""
    header = ["任务", "责任科室", "何时做完", "是否完成"]
    rows = [["某任务", "司法所", "2025-06-28", "是"], ["又一任务", "党政办", "2025-09-28", "是"]]
    write_workbook(workspace.raw(2025) / "任务.xlsx", ["法治政府建设任务分解台账"], header, *rows)
    assert run("run", "2025")[0] == 1
    folder = workspace.processed(2025)
    told = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))["indicators"]["tasks.assigned"]
    assert (told["value"], told["open_rows"], told["status"]) == (0, 2, "open")
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "没有分解" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["statsu"], "没有命令“statsu”，最接近的是 status"), (["run", "--wrkspace", "x"], "没有选项 --wrkspace，最接近的是 --workspace"),
        (["run", "二〇二五"], "年度：应为四位数字，如 2025，写的是“二〇二五”"), (["run", "--poll"], "--poll 与 --watch 同用"), (["open", "日报"], "文件应为 report、"), (["run", "--jobs", "-1"], "应为正整数，写的是“-1”"), (["check"], "缺少：稿子"),
        (["run", "2025", "2024"], "多出了“2024”"), (["open", "x"], "应为 "), (["trace", "--year"], "--year 后面应跟一个值"),
    ],
)  # fmt: skip
def test_what_is_mistyped_is_said_in_chinese_with_the_nearest(capsys, typed, said):
    with pytest.raises(SystemExit) as stop:
        main(typed)
    error = capsys.readouterr().err
    assert stop.value.code == 2 and said in error
    assert not any(english in error for english in ("argument", "invalid", "choose", "expected", "required"))


def test_a_folder_that_is_no_workspace_is_told(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in (["run"], ["status"], ["trace"], ["accept"], ["new-year", "2026"]):
        assert main(command) == 2
        assert "不是工作区（没有 data/raw）" in capsys.readouterr().err


def test_files_and_folders_of_no_year_are_told(run, workspace):
    write_workbook(workspace.raw_root / "演练.xlsx", *DRILLS)
    (workspace.raw_root / "2024年").mkdir()
    _, out, _ = run("run", "2025")
    assert "data/raw 下有 1 个文件不在年度文件夹里，没有读：演练.xlsx" in out
    assert "data/raw 下的“2024年”没有读：年度文件夹只写四位数字，请改名为 2024。" in out


def test_all_figures_are_listed_and_results_opened(run, workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    assert run("open")[0] == 2
    run("run", "2025")
    code, out, _ = run("trace")
    assert code == 0 and "drills.held  应急演练：1场" in out
    assert str(workspace.processed(2025) / "report.html") in run("open")[1]


def test_a_locale_that_cannot_write_chinese_names_is_left_behind(monkeypatch):
    begun = []
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "fazhi", "status"])
    monkeypatch.setattr(os, "execve", lambda *how: begun.append(how))
    for encoding, utf8 in (("utf-8", "0"), ("ascii", "0"), ("ascii", "1")):
        monkeypatch.setattr(sys, "getfilesystemencoding", lambda encoding=encoding: encoding)
        monkeypatch.setenv("PYTHONUTF8", utf8)
        _in_utf8()
    [(program, arguments, surroundings)] = begun
    assert (program, arguments[1:], surroundings["PYTHONUTF8"]) == (sys.executable, ["-m", "fazhi", "status"], "1")


class _Stream(io.TextIOWrapper):
    """A stream as Python opens it in some locale."""

    def __init__(self, encoding: str) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding=encoding)


@pytest.mark.parametrize(
    ("encoding", "arguments", "written"),
    [
        ("gbk", ["--version"], "gbk"),  # a Chinese Windows, redirected: what type and findstr read
        ("cp1252", ["--version"], "utf-8"),
        ("ascii", ["--version"], "utf-8"),
        ("gbk", ["trace", "--json"], "utf-8"),
    ],
)
def test_output_is_in_the_encoding_of_the_locale_where_that_knows_chinese(monkeypatch, encoding, arguments, written):
    out = _Stream(encoding)
    monkeypatch.setattr(sys, "stdout", out)
    _set_streams(arguments)
    print("法治𠀀", flush=True)
    assert out.bytes.getvalue() == "法治𠀀\n".encode(written, "replace")


def test_a_terminal_in_gbk_stays_one_where_python_starts_anew(monkeypatch):
    begun = []
    monkeypatch.setattr(sys, "stdout", _Stream("gbk"))
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "gbk")
    monkeypatch.delenv("PYTHONUTF8", raising=False)
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    monkeypatch.setattr(os, "execve", lambda *how: begun.append(how[2]))
    _in_utf8()
    assert [(one["PYTHONUTF8"], one["PYTHONIOENCODING"]) for one in begun] == [("1", "gbk")]


def test_a_file_that_is_open_elsewhere_is_told_in_one_sentence(run, workspace, monkeypatch):
    def held(self, target):
        raise PermissionError(13, "Permission denied", str(target))

    workspace.raw(2026).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(Path, "replace", held)
    code, _, err = run("blank", "应急演练台账")
    assert code == 2 and "文件正被其他程序打开" in err and len(err.strip().splitlines()) == 1


def test_a_narrow_terminal_cuts_no_number_off(capsys):
    table = Table(title="各行去向", title_justify="left", box=None)
    for heading in ("台账", "读到", "计入"):
        table.add_column(heading, no_wrap=True)
    table.add_row("矛盾纠纷调解", "123456", "7890123")
    print_whole(Console(width=12), table)
    told = capsys.readouterr().out
    assert "123456" in told and "7890123" in told and "…" not in told


def test_the_help_is_in_chinese(capsys):
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    told = capsys.readouterr().out
    assert told.startswith("用法：fazhi run") and not {"usage", "options", "positional", "show"} & set(told.split())
