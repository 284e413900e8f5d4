"""Figures bound across clauses: 分别, 前者 and 后者, years in brackets, half-width marks, numbers without a measure word."""

from decimal import Decimal

import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from fazhi.dictionary.loading import load_specs
from made.verdicts import verdicts

VALUES = {
    "disputes.mediated": (200, 160), "disputes.success_rate": ("0.944", "0.957"), "penalties.decisions": (64, 80),
    "penalties.fines_yuan": (29_500, 33_200), "studies.attendance": (1327, 1300), "inspections.visits": (371, 352),
    "decisions.made": (7, 9), "decisions.procedures": (5, 5), "decisions.legality_rate": (1, "0.8"), "consultations.cases": (660, 604),
}  # fmt: skip
PARTS = {"邻里纠纷": 40, "合同纠纷": 10}


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    specs = load_specs().indicators
    offices = {"inspections.visits": {"综合行政执法大队": 371}}
    figures = [
        Figure(specs[name], Decimal(now), Decimal(before), offices.get(name, {}))
        for name, (now, before) in VALUES.items()
    ]

    def part(figure, where, months=None):
        if figure.indicator.id != "disputes.mediated" or (months and where):
            return None
        return Decimal(5 * (months[1] - months[0] + 1) if months else PARTS[next(iter(where.values()))])

    return Ledgers(
        2025, tuple(figures), part, {"disputes": dict.fromkeys(PARTS, "category")}, ("综合行政执法大队",), frozenset()
    )


HELD = [
    "作出处罚决定64份，罚款金额2.95万元，分别比上年下降20%和下降11.1%。",
    "作出处罚决定64份，罚款2.95万元，前者较上年减少16份，后者下降11.1%。",
    "调解纠纷200件，邻里纠纷40件、合同纠纷10件，分别占20%、5%。",
    "调解矛盾纠纷200件、法律咨询660件次，上年分别为160件、604件次。",
    "重大行政决策7项（2024年9项），合法性审查比例100%。",
    "重大行政决策7项(2024年9项),合法性审查比例100%.作出处罚决定64份.",
    "全年学法培训参加人次达到1327，上年为1300。",
    "学法培训参加1327人次，比上年增加27。",
    "综合行政执法大队开展执法检查371家次。",
    "调解矛盾纠纷200件，调解成功率94.4%。2024年，这两个数字分别是160件、95.7%。",
    "会议开了，全年7项重大行政决策没有走样，罚款2.95万元。",
    "调解矛盾纠纷200件。跟2024年的160件相比，增长25%。",
]  # fmt: skip


@pytest.mark.parametrize("text", HELD)
def test_right_figures_are_held_and_each_wrong_one_is_found(text, ledgers):
    right = judge(bind(text, ledgers), ledgers)
    assert {one.verdict for one in right} <= {"right", "derived"}
    for one in right:
        quantity = one.claim.quantity
        digit = quantity.text[0]
        wrong = text[: quantity.start] + str((int(digit) + 3) % 9 + 1) + text[quantity.start + 1 :]
        assert "wrong" in verdicts(wrong, ledgers), wrong


@pytest.mark.parametrize(
    "text",
    [
        "首违不罚案件6件，免罚金额1.2万元。",
        "邻里纠纷同比下降11.5%。",  # there is no last year's figure of a part
        "2023—2025年合计调解矛盾纠纷480件。",
        "约束性指标完成12项。",
        "法律咨询增加56件次。",  # against what is not said
        "法律咨询增加70件次。",
    ],
)
def test_what_is_another_thing_is_not_called_wrong(text, ledgers):
    assert not {"wrong", "doubtful"} & set(verdicts(text, ledgers))


def test_what_a_list_is_compared_with_may_stand_in_the_line_above(ledgers):
    assert verdicts("与2024年相比：\n▲法律咨询增加56件次\n", ledgers) == ["derived"]
    assert verdicts("与2024年相比：\n▲法律咨询增加65件次\n", ledgers) == ["wrong"]


def test_a_figure_of_another_level_or_a_quarter_is_not_called_right_by_chance(ledgers):
    assert verdicts("一季度开展执法检查371家次。", ledgers) == ["unknown"]  # no part of it is known
    assert verdicts("一季度调解矛盾纠纷200件。", ledgers) == ["wrong"]


def test_a_sentence_is_quoted_as_it_stands(ledgers):
    (claim,) = bind("全年,调解矛盾纠纷200件.", ledgers)
    assert claim.sentence == "全年,调解矛盾纠纷200件." and claim.quantity.text == "200件"


@pytest.mark.parametrize(
    ("text", "verdict", "why"),
    [
        ("调解矛盾纠纷较2023年增长25%。", "doubtful", "2023年是否写错"),
        ("调解矛盾纠纷较2022年增长31%。", "unknown", "没有那一年的台账"),
        ("2023年调解矛盾纠纷160件。", "doubtful", "这是2024年的数"),
        ("2023年调解矛盾纠纷150件。", "unknown", "没有那一年的台账"),
        ("矛盾纠纷调解成功率较上年下降1.3%。", "doubtful", "百分点"),
        ("矛盾纠纷调解成功率较上年下降1.3个百分点。", "derived", ""),
    ],
)
def test_a_year_written_wrong_and_percent_for_points_are_asked_about(text, verdict, why, ledgers):
    (one,) = judge(bind(text, ledgers), ledgers)
    assert (one.verdict, why in one.why) == (verdict, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一季度调解矛盾纠纷15件、二季度15件，三季度16件。", ["right", "right", "wrong"]),
        ("1至11月，共调解矛盾纠纷55件。", ["right"]),
        ("1至12月，调解矛盾纠纷200件，去年同期为160件，同比增长25%。", ["right", "right", "derived"]),
        ("1—12月调解矛盾纠纷201件。", ["wrong"]),
        ("上半年调解矛盾纠纷30件，同比增长25%。", ["right", "unknown"]),  # no part of last year is known
        ("调解邻里纠纷40件，一季度12件。", ["right", "unknown"]),
        ("上半年，派出所调解纠纷31件。", ["unknown"]),
        ("3月调解矛盾纠纷1件。", ["unknown"]),  # mostly one event of the month
    ],
)
def test_a_part_of_the_year_is_held_against_its_months(text, expected, ledgers):
    assert verdicts(text, ledgers) == expected


def test_last_year_in_news_of_the_year_after_is_the_reported_one_or_the_one_before(ledgers):
    news = "发布时间：2026年1月16日\n去年，全镇调解矛盾纠纷{}件。\n"
    assert [verdicts(news.format(many), ledgers) for many in (200, 160, 180)] == [["right"], ["right"], ["wrong"]]
    assert verdicts("去年，全镇调解矛盾纠纷200件。", ledgers) == ["wrong"]


def test_the_procedures_of_decisions_stand_right_by_their_number(ledgers):
    assert verdicts("规范重大行政决策，全年7件重大事项纳入程序管理。", ledgers) == ["right"]
    assert verdicts("重大行政决策履行6项法定程序。", ledgers) == ["doubtful"]  # of these two, neither


@pytest.mark.parametrize(
    "text",
    [
        "民警上门宣传反诈知识，调处纠纷31件。",
        "村（社区）法律顾问全年值班480次，解答法律咨询560人次。",
    ],
)
def test_what_the_police_and_the_villages_counsel_do_is_not_the_towns(text, ledgers):
    assert set(verdicts(text, ledgers)) == {"unknown"}
