"""Private values are found in any width and spacing, and told from ordinary words; what is kept of them tells nothing."""

import inspect
from dataclasses import replace

import pytest

from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.models import Unit
from fazhi.privacy.folded_text import SOFT_BREAK
from fazhi.privacy.private_index import MASK, PrivateIndex
from fazhi.privacy.register import own_words
from fazhi.privacy.words import package_words
from fazhi.town_year import town_settings
from fazhi.values import numerals
from fazhi.workspace.key import digester
from made.sheets import TOWN

VALUES = {
    "欧阳青禾": "person", "柳絮": "person", "高峰": "person", "关建": "person", "于平安": "person", "金凤": "person", "向平": "person",
    "重庆恒达餐饮有限公司": "party", "500107187810106044": "identity", "13800001234": "phone", "47881234": "phone",
}  # fmt: skip


@pytest.fixture
def hidden(specs):
    town = Unit.model_validate({**TOWN, "offices": [*TOWN["offices"], "平安法治办"]})
    return PrivateIndex.of(VALUES, b"k" * 32, own_words(town_settings(specs, town, Aliases())))


@pytest.mark.parametrize(
    "text",
    [
        "调解员为欧阳青禾调解",
        "柳　絮",
        "调解员柳 絮",
        "欧 阳 青 禾",
        "欧\u200b阳\u2060青禾",
        "欧阳 青禾",
        "与重庆恒达餐饮有限公司签订合同",
        "电话１３８００００１２３４。",
        "138 0000 1234",
        "138-0000-1234",
        "证号500107187810106044。",
        "500107 18781010 6044",
        "出生于50010718781010",
        "138****1234",
        "139＊＊＊＊0000",
        "手机尾号：1234",
        "座机47881234",
        "高峰",
        "高峰与柳絮纠纷",
        "柳絮诉高峰",
        "关建家中",
        "向平家中",
        "请向平到平安法治办",
        "由关建处理",
        "金凤",
    ],
)
def test_a_private_value_is_found_and_taken_out(hidden, text):
    assert hidden.found_in([f"第一行\n{text}\n"])
    redacted = hidden.redact(text)
    assert MASK in redacted
    assert not hidden.found_in([redacted])


@pytest.mark.parametrize(
    "text",
    [
        "早高峰交通劝导",
        "提出相关建议",
        "关于平安建设的通知",
        "金凤社区宣传",
        "请向平安法治办补收",
        "金凤府发〔2025〕3号",
        "青禾欧阳",
        "1380000",
        "总额1380000123元",
        "（2025）8号",
        "147881234567",
        "重庆恒达建材",
        "1000**2",
    ],
)
def test_ordinary_words_and_numbers_stay(hidden, text):
    assert hidden.found_in([text]) == set()
    assert hidden.redact(text) == text


def test_what_is_taken_out_leaves_the_rest_as_it_was(hidden):
    assert hidden.redact("调解欧阳 青禾与柳　絮（电话１３８ 0000 1234）纠纷，共３次") == (
        f"调解{MASK}与{MASK}（电话{MASK}）纠纷，共３次"
    )


def test_in_one_cell_a_space_hides_no_name(hidden):
    assert hidden.redact("走访柳 絮家") == f"走访{MASK}家"


def test_words_of_ours_are_those_of_the_data_and_no_string_of_the_code():
    assert "矛盾纠纷调解台账" in package_words()
    assert "请向填报单位催报" in package_words()  # a message of the catalogue
    assert inspect.getsource(numerals).count("廿") and "廿" not in package_words()


@pytest.mark.parametrize(
    ("name", "printed", "said"),
    [
        ("方正", "方正小标宋简体", "由方正调解"),
        ("金额中", "金额中位数", "金额中来访"),
    ],
)
def test_a_name_within_a_phrase_that_is_printed_is_found_elsewhere(name, printed, said):
    index = PrivateIndex.of({name: "person"}, b"k" * 32)
    assert index.found_in([printed]) == set()
    assert index.found_in([said]) == {"person"}


def test_what_is_kept_neither_shows_the_values_nor_can_be_tried_without_the_key(hidden):
    kept = str(hidden.as_json())
    assert not any(value in kept for value in VALUES)
    assert digester(b"k" * 32)("柳絮") in kept
    assert digester(b"other")("柳絮") not in kept


def test_several_years_and_one_ledger(hidden):
    more = PrivateIndex.joined([hidden, PrivateIndex.of({"王小五的杂货铺": "party"}, b"k" * 32)], "")
    assert more.found_in(["王小五的杂货铺"]) == {"party"}
    assert more.found_in(["柳絮"]) == {"person"}
    one = PrivateIndex(more.key, {digester(more.key)("柳絮"): "person"}, more.starts, more.lengths)
    assert one.found_in(["柳絮、王小五的杂货铺、欧阳青禾"]) == {"person"}


def test_a_line_that_ends_may_part_a_long_name_and_never_makes_a_short_one(hidden):
    assert hidden.found_in([f"调解欧阳{SOFT_BREAK}青禾"]) == {"person"}
    assert hidden.found_in([f"飞柳{SOFT_BREAK}絮状", f"按{SOFT_BREAK}高峰{SOFT_BREAK}时段"]) == set()


def test_nothing_hidden_finds_nothing():
    assert PrivateIndex(b"").found_in(["任何文字"]) == set()


@pytest.mark.parametrize(
    "text",
    [
        "高峰一案",
        "原告高峰",
        "调解员高峰",
        "艾力•买买提江",
        "艾力‧买买提江诉某某",
        "艾力买买提江",
        "艾力.买买提江",
        "艾力˙买买提江",
        "艾力 · 买买提江",
        "艾力▪买买提江",
        "艾力丶买买提江",
        "136.1234.5678",
        "(023)65701234",
        "渝A·12345",
        "住3栋2单元501",
        "a.b@c.cn",
    ],
)
def test_names_beside_what_one_is_called_and_numbers_in_any_writing_are_taken_out(settings, text):
    values = {**VALUES, "艾力·买买提江": "person", "艾力买买提江": "person"}
    assert MASK in PrivateIndex.of(values, b"k" * 32, own_words(settings)).redact(f"关于{text}的事")


def test_a_word_that_is_printed_anyway_stops_nothing_alone(settings):
    """One 当事人 called 平台 and “141”平台 in the report: the word stands alone between two marks."""
    hidden = PrivateIndex.of({"平台": "party", "高峰": "person"}, b"k" * 32, own_words(settings))
    assert hidden.found_in(["“141”平台，线上"]) == set()
    assert hidden.found_in(["“141”高峰，线上"]) == {"person"}


def test_what_the_analyst_says_to_be_no_name_is_none(settings):
    hidden = PrivateIndex.of({"便民服务队": "person", "柳絮": "person"}, b"k" * 32).without(["便民服务队"])
    assert hidden.found_in(["便民服务队", "柳絮"]) == {"person"}
    assert hidden.redact("便民服务队和柳絮") == f"便民服务队和{MASK}"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("走访高峰家", True), ("告知高峰依法维权", True), ("高峰反映邻居占道", True), ("由高峰调解", True), ("高峰和文明邻里纠纷", True),
        ("早高峰交通劝导", False), ("与高峰时段错开", False), ("居民文明公约", False), ("创建文明城市", False), ("对文明行为予以表彰", False),
    ],
)  # fmt: skip
def test_a_clerk_s_words_tell_whether_a_word_is_meant_as_a_name(settings, text, named):
    hidden = PrivateIndex.of({"高峰": "person", "文明": "person"}, b"k" * 32, own_words(settings))
    assert (hidden.redact(f"3月2日，{text}。") != f"3月2日，{text}。") is named


def test_what_the_report_s_own_text_says_is_no_name_for_a_word(settings):
    hidden = PrivateIndex.of({"文明": "person", "关建": "person"}, b"k" * 32, own_words(settings))
    hidden = replace(hidden, printed="制定村民文明公约；由关建处理")
    assert hidden.found_in(["制定村民文明公约。"]) == set()
    assert hidden.found_in(["调解员文明主持"]) == {"person"}
    assert hidden.found_in(["由关建处理"]) == {"person"}  # no word, wherever it is written
