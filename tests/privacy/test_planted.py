"""Planted into texts not written for it no private value passes, and none of their own words is taken for one."""

from benchmarks.privacy import false_alarms, own_texts, passed


def test_none_of_the_planted_values_passes():
    tried, missed, shown = passed(own_texts(), 1800)
    assert len(tried) == 12 and min(tried.values()) > 100
    assert not missed, shown


def test_no_word_of_the_pages_is_taken_for_one():
    assert false_alarms(own_texts()) == []
