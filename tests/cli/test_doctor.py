"""`fazhi doctor`: what is there is called good, what is not is named with what to do, and the code says which."""

import json
import shutil

from fazhi.cli import doctor
from fazhi.cli.main import main


def told(capsys):
    return {check["what"]: check for check in json.loads(capsys.readouterr().out)}


def test_a_machine_and_a_workspace_that_have_everything(workspace, capsys):
    assert main(["doctor", "--json", "--workspace", str(workspace.root)]) == 1
    assert told(capsys)["台账"]["advice"] == "请把各科室的台账放入 data/raw/2025/"
    (workspace.raw(2025) / "演练.csv").write_text("演练日期,演练类型,地点,参与人数\n", encoding="utf-8")
    assert main(["doctor", "--json", "--workspace", str(workspace.root)]) == 0
    found = told(capsys)
    assert {"Python", "软件包", "导出格式与内核", "字体", "工作区", "台账", "磁盘", "写入"} <= found.keys()
    assert not any(check["advice"] for check in found.values())


def test_settings_with_a_fault_and_open_workbooks(workspace, capsys):
    office = workspace.raw(2025) / "司法所"
    office.mkdir(parents=True, exist_ok=True)
    (office / "~$矛盾纠纷调解台账.xlsx").write_bytes(b"")
    workspace.unit_file.write_text("name: 红星镇\nvillages: []\noffices: []\n", encoding="utf-8")
    assert main(["doctor", "--json", "--workspace", str(workspace.root)]) == 2
    found = told(capsys)
    assert found["工作区"]["state"] == "bad" and "villages" in found["工作区"]["advice"]
    assert found["打开着的文件"]["state"] == "look"


def test_a_folder_that_is_no_workspace(tmp_path, capsys):
    assert main(["doctor", "--json", "--workspace", str(tmp_path)]) == 1
    assert told(capsys)["工作区"]["state"] == "look"


def test_a_font_of_the_town_that_is_not_installed():
    (check,) = doctor.font_checks({"title": "没有这种字体"})
    assert check.state == "look" and "标题" in check.advice


def test_little_room(workspace, monkeypatch):
    usage = shutil.disk_usage(workspace.root)._replace(free=1 << 20)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage)
    assert {c.what: c.state for c in doctor.workspace_checks(workspace)}["磁盘"] == "look"


def test_packages_that_are_missing_or_too_old(monkeypatch):
    monkeypatch.setattr(
        doctor, "requires", lambda _: ["no-such-package>=1", "pandas>=999", 'jupyterlab>=999; extra == "lab"']
    )
    (check,) = doctor._packages()
    assert check.state == "bad" and "缺 no-such-package" in check.found and ">=999" in check.found
    assert "jupyterlab" not in check.found
