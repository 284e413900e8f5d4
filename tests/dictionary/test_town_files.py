"""unit.yml and aliases.yml: faults with their lines, names that run together, meanings that are none."""

import re

import pytest
import yaml

from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.town_files import load_unit
from fazhi.errors import FazhiError, SpecError
from fazhi.runs.settings_check import open_checked
from made.sheets import TOWN

REST = "offices: [党政办（人大办、党群）]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"name: 红星镇\nvillages: [石桥村、柳林村]\n{REST}", "villages 中“石桥村、柳林村”里有“、”：是几个的，请用半角逗号加空格"),
        (f"name: “红星镇”\nvillages: [石桥村]\n{REST}", "name 中 “红星镇” 带着引号"),
        (f"name: 红星镇\nvillages:\n  - 石桥村\n  - [柳林村]\n{REST}", "第 4 行 “villages.1”应为文字"),
        (f"name: 红星镇\nvillages: [石桥村]\n{REST}heads:\n  study: 学\n  rules: [1]\n", "第 6 行 “heads.rules”应为文字"),
    ],
)  # fmt: skip
def test_a_fault_of_the_town_has_its_line_or_its_name(tmp_path, text, said):
    path = tmp_path / "unit.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpecError, match=re.escape(said)):
        load_unit(path)


def test_brackets_may_hold_what_parts_names(tmp_path):
    path = tmp_path / "unit.yml"
    path.write_text(f"name: 红星镇\nvillages: [石桥村]\n{REST}", encoding="utf-8")
    assert load_unit(path).offices == ("党政办（人大办、党群）",)


def test_a_file_that_windows_has_named_txt_is_seen(tmp_path):
    (tmp_path / "unit.yml.txt").write_text("name: 红星镇\n", encoding="utf-8")
    with pytest.raises(SpecError, match=re.escape("却有“unit.yml.txt”：请改名为 unit.yml")):
        load_unit(tmp_path / "unit.yml")


MEANINGS = {
    "values": {"drills.kind": {"灭火演习": "消防演习", "空": None}, "disputes.village": {"老井": "老井村"}},
    "villages": {"老龙井": "龙井", "新村": "龙井村"},
    "offices": {"执法队": "执法大队"},
}


def test_what_a_spelling_is_said_to_mean_must_exist(workspace):
    workspace.aliases_file.write_text(yaml.safe_dump(MEANINGS, allow_unicode=True), encoding="utf-8")
    with pytest.raises(FazhiError) as told:
        open_checked(2025, workspace)
    assert sorted(re.findall(r"“(\S+?)”的意思“(\S+?)”不是", str(told.value))) == [
        ("执法队", "执法大队"),
        ("灭火演习", "消防演习"),
        ("老井", "老井村"),
        ("老龙井", "龙井"),
    ]
    assert "最接近的是“龙井村”" in str(told.value) and "“演练类型”的取值，最接近的是“消防”" in str(told.value)


def test_a_village_of_another_year_may_be_meant(workspace):
    workspace.raw(2024).mkdir()
    earlier = {"villages": [*TOWN["villages"], "老井村"]}
    workspace.year_unit_file(2024).write_text(yaml.safe_dump(earlier, allow_unicode=True), encoding="utf-8")
    workspace.aliases_file.write_text("villages: {老井: 老井村}\n", encoding="utf-8")
    assert open_checked(2025, workspace).settings.aliases.villages == {"老井": "老井村"}


def test_files_may_be_written_as_windows_does():
    assert Aliases.model_validate({"files": {"司法所\\表.xlsx": "drills"}}).files == {"司法所/表.xlsx": "drills"}
