"""Figures that do not name themselves: parts in short, sums, what takes up a figure told before, and figures of others."""

import pytest

from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from made.verdicts import verdicts

HELD = [
    "调解纠纷200件。按类型看，邻里类40件，婚姻家庭方面的25件。",
    "调解纠纷200件。邻里、物业两类纠纷分别为40件、15件。",
    "调解纠纷200件，石桥、柳湾两村的纠纷分别为90件、72件。",
    "调解纠纷200件，石桥村、柳湾村依次为90件、72件。",
    "一、总体情况，调解矛盾纠纷200件。\n（二）从渠道看。派出所移交31件，群众自己找上门来的61件。",
    "派出所移交过来的31件。",
    "法律咨询660件次，其中上门来问的410件次，打电话来问的160件次。",
    "罚款508369元（即50.84万元）。",
    "重大行政决策43项，81.4%履行了全部法定程序，上年这一比例为79%。",
    "专题学习习近平法治思想14场，法律法规学习23次，两类学习合计37次。",
    "处罚决定64份、罚款50.84万元，同比下降20%、增长29.2%。",
    "一是合同审查。136份里头，重大合同39份，占28.7%。",
    "全年登记调解200起（2024年：160起；增长25%）。",
    "演练搞了79场，4300余人次跟着学怎么跑。",
    "这样的演练，全镇一年办了79场。",
    "上年度法律咨询604件次，今年660件次。",
    "送司法所审查的合同由上年的111件增至136件。",
    "任期内（2022—2025年）共作出重大行政决策161项，其中2025年43项、2024年40项。",
    "清溪街道调解纠纷412件，柳河镇200件。",
    "应急演练：白沙镇18场，柳河镇79场。",
    "全区的调解成功率是97.1%，我们是94.4%。",
    "调解矛盾纠纷200件，物业纠纷案由15件。",
    "调解纠纷200件，邻里、婚姻家庭、物业三种类型分别为40件、25件、15件。",
    "调解矛盾纠纷200件，其中邻里纠纷40件，占全部受理量的20%。",
]


@pytest.mark.parametrize("text", HELD)
def test_each_of_our_figures_is_held_and_none_of_others(text, ledgers):
    judged = judge(bind(text, ledgers), ledgers)
    held = [one for one in judged if one.verdict != "unknown"]
    assert held
    assert {one.verdict for one in held} <= {"right", "derived"}
    others = {"161项", "412件", "18场", "97.1%", "三项"}
    assert {one.claim.quantity.text for one in judged if one.verdict == "unknown"} <= others
    for one in held:
        quantity = one.claim.quantity
        place = quantity.start + next(at for at, char in enumerate(quantity.text) if char.isdigit())
        wrong = text[:place] + str((int(text[place]) + 3) % 9 + 1) + text[place + 1 :]
        assert "wrong" in verdicts(wrong, ledgers), wrong


@pytest.mark.parametrize(
    "text",
    [
        "派出所全年调处治安纠纷198起，其中邻里类63起、家庭类41起。",
        "调解纠纷200件。（一）派出所口径。现场调处纠纷198起。",
        "近三年累计调解矛盾纠纷2316件，涉及金额1865万元。",
        "2022年至2024年，共审查合同987件。",
        "镇卫生院开展应急演练3场，参与86人次。",
        "审计抽查的30份合同中有2份未编号。",
        "调解纠纷200件，其中石桥村、柳湾村共162件。",
        "派出所汇报：全年纠纷类警情267起；治安案件58起，罚款1.86万元。",
        "区级部门在我镇直接查处案件23件，罚没18.7万元。",
        "治安处罚58件，罚款1.86万元。",
        "平均每场演练参与86人次，调解员人均调解17件。",
        "全县去年解答法律咨询8.6万件次。",
        "演练要搞到15场以上。",
        "2026年将应急演练增加到79场。",
        "合同审查不放水，全镇9个村签订合同299份。",
        "石桥村调委会自行化解纠纷16件，柳湾村红白理事会劝止大操大办9起。",
    ],
)
def test_figures_of_others_and_of_several_years_are_not_called_wrong(text, ledgers):
    judged = judge(bind(text, ledgers), ledgers)
    assert not [one.why for one in judged if one.verdict in ("wrong", "doubtful")]


def test_a_value_with_a_verb_before_it_is_no_part(ledgers):
    claims = bind("接待来访群众咨询法律660件次。", ledgers)
    assert [dict(one.where) for one in claims] == [{}]
    assert verdicts("经派出所移交的31件。", ledgers) == ["right"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("邻里纠纷、物业纠纷共调解55件。", ["derived"]),
        ("邻里纠纷、物业纠纷共调解65件。", ["wrong"]),
        ("邻里纠纷、物业纠纷共调解200件。", ["unknown"]),
        ("邻里纠纷、物业纠纷65件。", ["unknown"]),
        ("邻里纠纷、物业纠纷各调解27件。", ["unknown"]),
        ("石桥村、柳湾村调解矛盾纠纷200件。", ["right"]),
        (
            "处罚决定64份，邻里纠纷40件、物业纠纷15件、婚姻家庭纠纷25件。邻里和物业两项共计55件。",
            [*["right"] * 4, "derived"],
        ),
        ("人民调解工作有序推进。现有人民调解委员会10个。", ["unknown"]),
    ],
)
def test_parts_side_by_side_are_added_up_and_bodies_are_no_cases(text, said, ledgers):
    assert verdicts(text, ledgers) == said
