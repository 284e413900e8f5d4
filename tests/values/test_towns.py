"""Whether a text names the town, another one, or nobody can tell."""

import pytest

from fazhi.values.towns import is_town, names_a_town


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("青木镇", True), ("青木", True), ("青木镇政府", True), ("渝江区青木镇", True), ("重庆市渝江区青木镇人民政府", True),
        ("白沙镇", False), ("青木街道", False), ("新青木乡", False), ("渝江区", False), ("区级", False),
        ("青木镇、白沙镇", None), ("青木村", None), ("青木镇工业园", None),
    ],
)  # fmt: skip
def test_a_town_is_known_by_its_whole_name(text, right):
    assert is_town(text, "青木镇") is right


def test_the_name_of_a_town_may_hold_the_word_for_a_city():
    assert is_town("江陵区沙市镇", "沙市镇") is True


def test_only_names_of_towns_may_be_shown():
    assert names_a_town("石门街道") and not names_a_town("张小甲")
