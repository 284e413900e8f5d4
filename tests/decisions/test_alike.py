"""Near spellings are one question; what may mean something else never is."""

import pytest

from fazhi.decisions.alike import clusters, fingerprint


def test_a_fingerprint_forgets_punctuation_spaces_and_the_order_of_parts():
    assert fingerprint("邻里、 婚姻") == fingerprint("婚姻/邻里")


def test_the_most_frequent_spelling_stands_first_in_its_cluster_and_the_largest_cluster_first_of_all():
    counts = {"网格员日常排查": 2, "网格员日常排查的": 5, "来电": 6}
    assert clusters(counts, dict.fromkeys(counts)) == [["网格员日常排查的", "网格员日常排查"], ["来电"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("承包地流转引起纠纷", "承包林流转引起纠纷"),  # another letter
        ("已履行完毕的协议书", "未履行完毕的协议书"),
        ("第一网格日常排查", "第二网格日常排查"),
        ("经济合同引起的纠纷", "非经济合同引起的纠纷"),
        ("来电", "来电话"),  # too short to tell
    ],
)
def test_what_may_mean_something_else_is_asked_by_itself(one, other):
    counts = {one: 2, other: 1}
    assert clusters(counts, dict.fromkeys(counts)) == [[one], [other]]


def test_spellings_with_other_offers_are_asked_by_themselves():
    counts = {"网格员日常排查": 2, "网格员日常排查的": 1}
    assert len(clusters(counts, {"网格员日常排查": ("甲",), "网格员日常排查的": ("乙",)})) == 2
