"""Slips in YAML: each message says the line, what is wrong and what to write instead, in Chinese."""

import re

import pytest

from fazhi.dictionary.models import Unit
from fazhi.dictionary.yaml_reading import build, parse_yaml
from fazhi.errors import SpecError

REST = "villages: [石桥村]\noffices: [党政办]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"name：红星镇\n{REST}", "第 1 行写法有误：用了全角冒号"),
        ("name：红星镇", "第 1 行写法有误：用了全角冒号"),
        (f"# 注：说明\nname: 红星镇\nform：公开版\n{REST}", "第 3 行写法有误：用了全角冒号"),
        ("name: 红星镇\nvillages: [石桥村，柳林村]\noffices: [党政办]\n", "第 2 行写法有误：方括号、花括号里的“石桥村，柳林村”用了全角的“，”"),
        (f"name: 红星镇\nheads: {{oversight：监督}}\n{REST}", "第 2 行写法有误：方括号、花括号里的“oversight：监督”用了全角的“：”"),
        ("name: 红星镇\nvillages: [石桥村, 柳林村\noffices: [党政办]\n", "第 2 行写法有误：[ 没有配对"),
        ("name: 红星镇\nheads: {a: b\noffices: [党政办]\n", "第 2 行写法有误：{ 没有配对"),
        ("name: 红星镇\nvillages: 石桥村, 柳林村\noffices: [党政办]\n", "“villages”应为列表，如 [石桥村, 柳林村]，写的是“石桥村, 柳林村”"),
        (f"name: 红星镇\n{REST}report_date: 2026.1.9\n", "“report_date”应为日期，如 2026-01-09，写的是“2026.1.9”"),
        (f"name: 红星镇\n{REST}form: 公开\n", "“form”应为 公文版、公开版 之一，写的是“公开”"),
        ("name: 红星镇\n\tvillages: [石桥村]\n", "第 2 行写法有误：用了制表符"),
        (f"name: 红星镇\nname: 红旗镇\n{REST}", "第 2 行写法有误：“name”写了两次"),
        (f"name: '红星镇\n{REST}", "第 1 行写法有误：引号没有配对"),
        (f"name: @红星镇\n{REST}", "第 1 行写法有误：不能以这个符号开头"),
        (f"name: 123\n{REST}", "“name”应为文字，数字和 是、否 之类请加引号，写的是“123”"),
        (f"name: 红星镇\n{REST}report_date: 2026-02-30\n", "第 4 行写法有误：“2026-02-30”不是有效的日期，应如 2026-01-09"),
        (f"name:红星镇\n{REST}", "第 1 行写法有误：冒号后面要空一格"),
        ("name: 红星镇\nvillages:\n- 石桥村\n-柳林村\noffices: [党政办]\n", "第 4 行写法有误：“-”后面要空一格"),
        (f"vilages: [石桥村]\nname: 红星镇\n{REST}", "不认识的项目“vilages”，最接近的是“villages”"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_place_and_what_to_write(text, said):
    with pytest.raises(SpecError) as told:
        build(Unit, parse_yaml(text, "unit.yml"), "unit.yml")
    message = str(told.value)
    assert message.startswith("unit.yml") and said in message
    assert not re.search(r"[A-Za-z]{4,} [A-Za-z]{3,}", message), message  # no English sentence


@pytest.mark.parametrize("name", ["红星镇（试点：一）", "'红星，镇'", "红星、镇"])
def test_full_width_marks_in_running_text_are_none(name):
    unit = build(Unit, parse_yaml(f"name: {name}\n{REST}", "unit.yml"), "unit.yml")
    assert unit.name == name.strip("'")
