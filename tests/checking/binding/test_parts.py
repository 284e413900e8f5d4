"""Parts of a figure, and what makes none of it."""

from dataclasses import replace

import pytest

from fazhi.checking.binding.parts import Parts
from fazhi.checking.claims import bind
from made.verdicts import verdicts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40起邻里纠纷、25起婚姻家庭纠纷、15起物业纠纷。", ["right"] * 3),
        ("邻里纠纷（40件，占20%）和物业纠纷（15件，占7.5%）。", ["right", "derived"] * 2),
        ("调解纠纷200件，去年160件，变动幅度为25%。", ["right", "right", "derived"]),
        ("调解纠纷200件，去年160件，变动幅度为-25%。", ["right", "right", "wrong"]),
        ("12月30日，记者获悉，今年以来该镇调解纠纷200件。", ["right"]),
        ("法律咨询为2024年（604件次）的1.09倍。", ["right", "derived"]),
        ("执法检查去年跑了多少？352家次。", ["right"]),
        ("调解纠纷200件，比上年增加40件后全年总量达到200件。", ["right", "derived", "right"]),
        ("1.纠纷：全年200件。一季度40件，二季度50件。上半年90件。", ["right"] * 4),
        ("调解纠纷200件。按来源：派出所移交过来的31件，老百姓自己找上门来的61件。", ["right"] * 3),
        ("邻里纠纷（40件，20%）、物业纠纷（15件，7.5%）。", ["right", "derived"] * 2),
        ("演练场次增至79场，参与人次增至4366人次。", ["right"] * 2),
        ("法律咨询660件次，日均约2件次，同比增长9.3%。", ["right", "unknown", "derived"]),
        ("法律咨询660件次，来访410件次、电话160件次。比去年多56件次。", ["right"] * 3 + ["derived"]),
        ("庭审下乡12次，调解纠纷200件。", ["unknown", "right"]),
        ("物业纠纷、邻里纠纷两类最多，分别为15件、40件。", ["right"] * 2),
        ("其中邻里纠纷40件、物业纠纷15件。一季度40件，二季度50件。", ["right"] * 4),
        ("督促整改隐患8个，整改率75%。", ["unknown", "right"]),
        ("抽取行政处罚决定97份评查。", ["wrong"]),
        ("调解纠纷200件，是上年的1.25倍；一季度40件，二季度60件。", ["right", "derived", "right", "wrong"]),
        ("法律咨询660件次，来访410件次、电话660件次。", ["right", "right", "doubtful"]),
        ("重大行政决策43项，较上年增加3项，履行全部程序的比例提高2.4个百分点。", ["right", "derived", "derived"]),
        ("于9月26日提前完成，调解纠纷200件。", ["right"]),
        ("矛盾纠纷调解成功率94.4%，没有达到100%。", ["right", "unknown"]),
        ("调解纠纷200件，上年比今年多40件。", ["right", "wrong"]),
        ("调解纠纷200件，上年比今年少40件。", ["right", "derived"]),
        ("调解纠纷200件，其中邻里纠纷40件、物业纠纷200件。", ["right", "right", "doubtful"]),
        ("对2000年以来镇里受理的纠纷逐件回看，调解纠纷200件。", ["right"]),
        ("围绕宅基地、村级合同等重点问题，调解纠纷200件。", ["right"]),
        ("结合法治宣传月、“12·4”等8个节点，调解纠纷200件。", ["unknown", "right"]),
        ("重大行政决策43项，五道程序一道不缺走全的比例81.4%。", ["right", "unknown", "right"]),
    ],
)
def test_what_stands_beside_a_figure_is_read_as_its_own(text, expected, ledgers):
    assert verdicts(text, ledgers) == expected


@pytest.mark.parametrize(
    ("near", "opinion"),
    [("附修改意见后通过的|", "修改后通过"), ("没通过的|", "不通过"), ("建议不通过的|", "不通过"), ("一次通过的|", "通过"), ("没来访的|", "")],
)  # fmt: skip
def test_the_value_that_is_meant_is_the_longer_one(near, opinion, ledgers):
    values = dict.fromkeys(["通过", "修改后通过", "不通过", "来访"], "opinion")
    contracts = next(one for one in ledgers.figures if one.indicator.id == "contracts.reviewed")
    assert Parts(replace(ledgers, values={"contracts": values})).of(contracts, near).get("opinion", "") == opinion


OTHERS = [
    "处罚决定64份，对12起轻微违法行为免予处罚。",
    "5月18日，镇调委会调解纠纷1件。",
    "行使行政处罚权182项。",
    "对同一企业原则上检查不超过4次。",
    "带队检查企业18家。",
    "处罚决定64份，抽取8份处罚决定回访。",
    "闭环率九成以上为达标线。",
    "处罚决定64份；其中按市容条例，行政处罚26起，按建筑垃圾规定，行政处罚2起。",
    "处罚决定64份；其中按市容条例，行政处罚26起；按建筑垃圾规定，行政处罚2起。",
    "受理群众来信来访1874件次。从诉求看，土地征拆类428件、邻里纠纷类267件。",
    "法律明白人37名，参与调解案件61件。",
    "在5个小区设立物业纠纷调解点，在7个小区化解纠纷。",
    "清理物业纠纷隐患点86处，邻里纠纷12处。",
    "罚款20万元，案均罚款约0.3万元。",
    "处罚决定64份，督察组抽查处罚12件。",
    "2025年全区行政机关负责人出庭应诉率100%，行政处罚87件。",
    "2026，我们的目标：调解成功率98%以上，调解纠纷300件。",
    "调解成功率94.4%，信访总量87批123人次，同比下降15%。",
]


@pytest.mark.parametrize("text", OTHERS)
def test_another_thing_is_not_called_wrong(text, ledgers):
    assert verdicts(text, ledgers)[-1] == "unknown"


def test_villages_listed_side_by_side_are_no_part_by_one_of_them(ledgers):
    assert not bind("石桥村、柳湾村共调解纠纷162件。", ledgers)[0].where
