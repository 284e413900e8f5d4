"""What quantities count, in the words that stand by them."""

import pytest

from fazhi.quantities import find_quantities
from fazhi.quantities.counted import counted


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("专题会议6次，督促整改问题12项。", ["专题会议", "督促整改问题"]),
        ("辖区内43座商务楼宇，另有21位副楼长配合。", ["商务楼宇", "副楼长配合"]),
        ("为10余家企业做法治体检", ["企业做法治体检"]),
        ("网上可办率达99%，全年办理5万余件。", ["网上可办率", "办理"]),
        ("超限率由3.12%降至0.47%。", ["超限率", "超限率"]),
        ("走访群众3.64万户10.1万人。", ["走访群众", "走访群众"]),
        ("平均每案150元", ["平均每案"]),
    ],
)
def test_the_words_by_a_number_say_what_it_counts(text, things):
    assert counted(text, find_quantities(text)) == things


def test_a_number_alone_counts_nothing():
    assert counted("12件。", find_quantities("12件。")) == [""]


def test_words_far_off_are_not_looked_at():
    text = "调解" * 40_000 + "纠纷12件"
    (thing,) = counted(text, find_quantities(text))
    assert thing.endswith("纠纷") and len(thing) <= 12
