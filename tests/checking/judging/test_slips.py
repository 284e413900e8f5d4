"""Figures that no words bind certainly: a slip of one that is meant there is told, what may be right or another's is not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from fazhi.checking.judging.slips import chance_of, is_slip
from fazhi.dictionary.loading import load_specs
from made.verdicts import verdicts

VALUES = {
    "emergency_outreach.leaflets": (1236, 1050), "studies.special_sessions": (4, 4), "studies.attendance": (1327, 1185),
    "disputes.mediated": (125, 118), "disputes.amount_yuan": (6_393_300, 5_714_800), "disputes.success_rate": (Decimal("0.944"), Decimal("0.957")),
    "contracts.reviewed": (136, 111), "contracts.major": (39, 26),
}  # fmt: skip


@pytest.fixture(scope="module")
def ledgers():
    """The town's figures in a dictionary that knows of each indicator but its label and one name of one word."""
    specs = load_specs().indicators
    names = {"disputes.mediated": ["调解"], "contracts.reviewed": ["合同"], "emergency_outreach.leaflets": []}
    figures = tuple(
        Figure(
            specs[name].model_copy(update={"also": names.get(name, []), "then": []}), Decimal(now), Decimal(before), {}
        )
        for name, (now, before) in VALUES.items()
    )
    return Ledgers(2025, figures, lambda figure, where, months=None: None, {}, (), frozenset())


@pytest.mark.parametrize(
    ("written", "meant", "slip"),
    [
        ("1263", "1236", True), ("1246", "1236", True), ("126", "1236", True), ("12236", "1236", True), ("1236", "1236", False),
        ("3216", "1236", False), ("1326", "1236", True), ("9", "4", True), ("1200", "1236", False), ("", "4", True),
    ],
)  # fmt: skip
def test_a_slip_is_one_character_or_two_exchanged(written, meant, slip):
    assert is_slip(written, meant) is slip


def test_the_longer_a_number_the_less_is_it_a_slip_by_chance():
    chances = [
        chance_of(written, meant) for written, meant in (("5", "4"), ("15", "14"), ("146", "136"), ("1246", "1236"))
    ]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == 1.0 and 0 < chances[-1] < 0.01
    assert chance_of("800", "136") == 1.0
    assert chance_of("4", "64") == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("赶集天发出应急宣传的传单1263份。", "1236张"),
        ("按协议该给的涉及金额合起来693.33万元。", "639.33万元"),
        ("学法培训的课堂先后走进1372人次。", "1327人次"),
        ("按协议该给的涉及金额合起来639.33元。", "639.33万元"),
        ("赶集天发出应急宣传的传单1050份。", "1236张"),  # last year's
    ],
)
def test_a_slip_of_what_the_words_make_likely_is_told_with_what_is_meant(text, expected, ledgers):
    (one,) = judge(bind(text, ledgers), ledgers)
    assert one.verdict in ("wrong", "doubtful")
    assert one.expected == expected
    assert "是否写错了数字" in one.why


@pytest.mark.parametrize(
    "text",
    [
        "赶集天发出应急宣传的传单1236份。",  # right as it stands
        "赶集天发出应急宣传的传单8800份。",  # no slip, and not named wholly
        "赶集天卖出鸡蛋1263张。",  # the value alone says nothing
        "全区发出应急宣传的传单1263份。",
        "计划发出应急宣传的传单1263份。",
        "一季度发出应急宣传的传单1263份。",
        "2019年发出应急宣传的传单1263份。",
        "传单发到126个村，应急宣传覆盖率100%。",
        "发出应急宣传的传单1236份、1263份。",  # told already
        "发出应急宣传的传单1263份、1239份。",  # which of the two?
    ],
)
def test_what_may_be_right_or_of_something_else_is_left_alone(text, ledgers):
    assert {"wrong", "doubtful"} & set(verdicts(text, ledgers)) == set()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("法治宣传和学法培训等多种活动办得红红火火，同比增长12%。", "derived"),
        ("法治宣传和学法培训等多种活动办得红红火火，同比增长22%。", "doubtful"),
        ("法治宣传和学法培训等多种活动办得红红火火，同比增长87%。", "unknown"),
    ],
)
def test_a_slip_in_a_change_of_what_is_named_uncertainly_is_told(text, verdict, ledgers):
    assert verdicts(text, ledgers) == [verdict]


def test_two_that_are_as_likely_are_not_chosen_between(ledgers):
    twin = replace(
        ledgers.figures[0], indicator=ledgers.figures[0].indicator.model_copy(update={"id": "other.leaflets"})
    )
    both = replace(ledgers, figures=(*ledgers.figures, twin))
    assert verdicts("赶集天发出应急宣传的传单1263份。", both) == ["unknown"]
