"""What is wrong with an item of a YAML file is said in Chinese, for every type of item that the dictionary has."""

import re

import pytest

from fazhi.dictionary.models import Column, Indicator, Ledger, Unit
from fazhi.dictionary.yaml_reading import build
from fazhi.errors import SpecError

COLUMN = {"label": "日期", "kind": "date", "description": "日期"}
INDICATOR = {"id": "a.b", "label": "演练", "unit": "次", "ledger": "drills", "measure": "count"}
UNIT = {"name": "青木镇", "villages": ["龙井村"], "offices": ["司法所"]}


@pytest.mark.parametrize(
    "model, content, said",
    [
        (Indicator, {**INDICATOR, "measure": "shar"}, "“measure”应为 count、sum、share"),
        (Indicator, {**INDICATOR, "label": 5}, "“label”应为文字"),
        (Indicator, {**INDICATOR, "persons": "或许"}, "“persons”应为 true 或 false"),
        (Indicator, {**INDICATOR, "decimals": "几位"}, "“decimals”应为整数"),
        (Indicator, {**INDICATOR, "where": "kind"}, "“where”应为“名称: 内容”的形式"),
        (Column, {**COLUMN, "kind": "day"}, "“kind”应为 "),
        (
            Ledger,
            {"id": "a", "title": "甲", "office": "乙", "columns": []},
            "“columns”应为“名称: 内容”的形式",
        ),
        (Unit, {**UNIT, "villages": "龙井村"}, "“villages”应为列表，如 [石桥村, 柳林村]"),
        (Unit, {**UNIT, "report_date": "年底"}, "“report_date”应为日期，如 2026-01-09"),
    ],
)
def test_what_an_item_should_be_is_said_in_chinese(model, content, said):
    with pytest.raises(SpecError) as stopped:
        build(model, content, "x.yml")
    assert said in str(stopped.value)
    assert not re.search(r"Input|should|valid", str(stopped.value))
