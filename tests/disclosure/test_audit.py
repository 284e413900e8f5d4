"""What follows from published sums, checked by hand."""

from fazhi.disclosure.audit import Audit, Statement, audit, feasible_interval


def told(*statements):
    return [Statement(frozenset(members), total) for members, total in statements]


def test_a_total_and_all_but_one_tell_the_one():
    said = told(("甲乙丙", 12), ("甲", 7), ("乙", 4))
    assert feasible_interval("丙", said) == (1, 1)
    assert audit({"甲": 7, "乙": 4, "丙": 1}, said, 3) == Audit(1, 1)


def test_two_together_hide_each_other():
    said = told(("甲乙丙", 12), ("甲", 7), ("乙丙", 5))
    assert feasible_interval("丙", said) == (0, 5)
    assert audit({"甲": 7, "乙": 4, "丙": 1}, said, 3) == Audit(1, 6)


def test_two_tables_that_draw_different_ones_together_tell_one_between_them():
    said = told(("丙丁", 5), ("乙丁", 7), ("乙丙", 10))
    assert feasible_interval("丁", said) == (1, 1)
    assert audit({"乙": 6, "丙": 4, "丁": 1}, said, 3) == Audit(1, 1)


def test_a_small_sum_leaves_too_little_room():
    assert audit({"甲": 1, "乙": 0}, told(("甲乙", 1)), 3) == Audit(1, 2)


def test_what_nothing_is_said_of_is_not_known():
    assert feasible_interval("丁", told(("甲", 4))) == (0, 4)
    assert audit({"丁": 1, "甲": 4}, told(("甲", 4)), 3) == Audit(1, 5)


def test_audits_add_up():
    assert Audit(1, 6) + Audit() + Audit(2, 2) == Audit(3, 2)
    assert Audit(3, 2).exposes(3)
    assert not Audit(1, 6).exposes(3)
