"""Vocabulary values, villages and offices: what is certain is matched, what is not is offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.models import Unit
from fazhi.values.closed_lists import column_vocabulary, office_vocabulary, trim, villages
from fazhi.values.normalise import bare


@pytest.fixture
def outcome(specs):
    return column_vocabulary("disputes.outcome", specs.ledgers["disputes"].columns["outcome"], Aliases())


@pytest.fixture
def category(specs):
    return column_vocabulary("disputes.category", specs.ledgers["disputes"].columns["category"], Aliases())


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("调解成功", "调解成功"),
        ("成功 ", "调解成功"),
        ("　成　功", "调解成功"),
        ("“成功”", "调解成功"),
        ("1.调解成功", "调解成功"),
        ("调解成功(已履行)", "调解成功"),
        ("不成功", "调解不成功"),
        ("不予成功", "调解不成功"),
        ("予以调解成功", "调解成功"),
    ],
)
def test_a_synonym_or_another_spelling_is_certain(outcome, written, means):
    assert outcome.match(written).value == means


@pytest.mark.parametrize("written", ["未成功", "没有成功", "调解未成功", "成攻", "调解成功(未履行)", "无", "继续跟进"])
def test_a_negation_or_a_changed_character_is_never_bridged(outcome, written):
    assert outcome.match(written).value is None


def test_an_unknown_value_is_offered_the_nearest(outcome):
    assert "调解成功" in outcome.match("调处成功").nearest


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("邻里", "邻里纠纷"),
        ("邻里矛盾", "邻里纠纷"),
        ("合同类纠纷", "合同纠纷"),
        ("物业类", "物业纠纷"),
        ("其它", "其他纠纷"),
        ("劳动争议纠纷", "劳动争议"),
        ("劳动争议案", "劳动争议"),
    ],
)
def test_纠纷_and_类_may_be_added_or_left_out(category, written, means):
    assert category.match(written).value == means


def test_a_value_of_only_an_affix_decides_nothing(category):
    assert category.match("纠纷").value is None


def test_an_accepted_spelling_wins(specs):
    aliases = Aliases.model_validate({"values": {"disputes.source": {"网格排查": "主动排查"}}})
    source = column_vocabulary("disputes.source", specs.ledgers["disputes"].columns["source"], aliases)
    assert source.match("网格 排查").value == "主动排查"


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("龙井村", "龙井村"),
        ("龙井", "龙井村"),
        ("龙井村委会", "龙井村"),
        ("龙井村村民委员会", "龙井村"),
        ("青木镇龙井村", "龙井村"),
        ("某某市某某区青木镇龙井村", "龙井村"),
        ("本镇龙井村", "龙井村"),
        ("龙井村3组", "龙井村"),
        ("青木村二组", "青木村"),
        ("龙井村第三村民小组", "龙井村"),
        ("金凤社区居委会", "金凤社区"),
        ("金凤", "金凤社区"),
        ("桂花村委会", "桂花村"),
        ("桂花居委会", "桂花社区"),
        ("青木居委会", "青木居委会"),
        ("青木镇青木社区", "青木居委会"),
    ],
)
def test_a_village_is_known_with_or_without_its_kind_and_the_town(town, written, means):
    assert villages(town, Aliases()).match(written).value == means


@pytest.mark.parametrize(
    "written", ["桂花", "青木", "青木镇", "龙泉村", "龙井社区", "龙井村、金凤社区", "隔壁镇龙井小学"]
)
def test_a_place_that_may_be_two_or_none_is_asked_about(town, written):
    assert villages(town, Aliases()).match(written).value is None


@pytest.mark.parametrize(
    ("written", "means"),
    [("党政办公室", "党政办"), ("青木镇党政办", "党政办"), ("司法所 ", "司法所"), ("财政所", None)],
)
def test_an_office_is_known_as_办_or_办公室(town, written, means):
    assert office_vocabulary(town, Aliases()).match(written).value == means


@given(text=st.text())
def test_any_text_is_matched_or_refused_without_an_error(town, text):
    assert villages(town, Aliases()).match(text).value in (None, *town.villages)
    assert office_vocabulary(town, Aliases()).match(text).value in (None, *town.offices)
    assert bare(bare(text)) == bare(text)


def test_trim_never_leaves_nothing():
    assert trim("纠纷", ("纠纷",)) == "纠纷"
    assert trim("邻里纠纷", ("纠纷",)) == "邻里"


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("执法队", "综合行政执法大队"),
        ("规建办", "规划建设办"),
        ("综合", None),  # 综合行政执法大队 or 党政综合办
        ("交通执法队", None),  # none of the town's
        ("队执法", None),
        ("办", None),
    ],
)
def test_a_shortened_office_is_known_where_one_alone_is_meant(written, means):
    unit = Unit(name="青木镇", villages=["龙井村"], offices=["综合行政执法大队", "规划建设办", "党政综合办", "司法所"])
    assert office_vocabulary(unit, Aliases()).match(written).value == means
