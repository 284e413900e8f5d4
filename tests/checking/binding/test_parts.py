"""Parts of a figure, and what makes none of it."""

import pytest

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
    ],
)
def test_what_stands_beside_a_figure_is_read_as_its_own(text, expected, ledgers):
    assert verdicts(text, ledgers) == expected


@pytest.mark.parametrize("text", ["处罚决定64份，对12起轻微违法行为免予处罚。", "5月18日，镇调委会调解纠纷1件。"])
def test_another_thing_is_not_called_wrong(text, ledgers):
    assert verdicts(text, ledgers)[-1] == "unknown"


def test_villages_listed_side_by_side_are_no_part_by_one_of_them(ledgers):
    assert not bind("石桥村、柳湾村共调解纠纷162件。", ledgers)[0].where
