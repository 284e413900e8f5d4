"""Titles of a table as the ledgers' closed lists spell them, where several stand together."""

from fazhi.checking.reading.tables import Cell
from fazhi.checking.table_binding.blocks import Block
from fazhi.checking.table_binding.spellings import spelled
from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.models import Column, Unit
from fazhi.values.closed_lists import column_vocabulary, villages

UNIT = Unit(name="柳河镇", villages=("石桥村", "柳湾村", "河口社区"), offices=("司法所",))
KINDS = Column(label="类型", kind="vocabulary", values={"邻里纠纷": (), "合同纠纷": (), "劳动争议": ("劳资纠纷",)})
OUTCOMES = Column(label="结果", kind="vocabulary", values={"调解成功": ("成功",), "调解不成功": ("不成功",)})
LISTS = [
    villages(UNIT, Aliases()),
    column_vocabulary("disputes.category", KINDS, Aliases()),
    column_vocabulary("disputes.outcome", OUTCOMES, Aliases()),
]


def _titles(*texts):
    return spelled(Block(("类型", *texts), (), "", ()), LISTS).titles[1:]


def _labels(*texts):
    block = spelled(
        Block(("类型", "件数"), tuple((Cell(0, 2, text), Cell(3, 4, "1")) for text in texts), "", ()), LISTS
    )
    return [row[0].text for row in block.rows]


def test_short_names_beside_each_other_are_the_lists_values():
    assert _titles("石桥", "河口", "合计") == ("石桥村", "河口社区", "合计")
    assert _labels("邻里", "劳资纠纷", "合同") == ["邻里纠纷", "劳动争议", "合同纠纷"]


def test_one_alone_may_mean_anything():
    assert _titles("合同", "检查", "演练") == ("合同", "检查", "演练")
    assert _labels("合同", "执法检查", "应急演练", "邻里", "普法宣传") == [
        "合同",
        "执法检查",
        "应急演练",
        "邻里",
        "普法宣传",
    ]


def test_a_column_may_hold_several_lists():
    assert _labels("邻里", "合同", "劳资纠纷", "成功", "不成功") == [
        "邻里纠纷",
        "合同纠纷",
        "劳动争议",
        "调解成功",
        "调解不成功",
    ]
    assert _labels("邻里", "合同", "成功") == ["邻里纠纷", "合同纠纷", "成功"]
