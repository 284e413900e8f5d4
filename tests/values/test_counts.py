"""Plain text, counts, numbers and yes/no."""

from datetime import date, datetime, time
from decimal import Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fazhi.values.counts import MEASURE_WORDS, parse_count, parse_number
from fazhi.values.normalise import compact, normalise, unreadable
from fazhi.values.yes_no import parse_bool
from made.chinese_numbers import FINANCIAL, in_words

FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
counts = st.integers(0, 9_999_999)
cells = st.one_of(
    st.text(max_size=80),
    st.text("0123456789一二三百万人次件约,.-是否已未完成√×() ", max_size=16),
    st.floats(),
    st.integers(),
    st.decimals(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.binary(max_size=4),
    st.none(),
)


class CellError:
    """Stands for the intake's cells without a value."""


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("尹\u3000永", "尹 永"),
        ("\ufeff邻里\u200b纠纷 ", "邻里纠纷"),
        ("参加\r\n人数", "参加 人数"),
        ("\u00a0Ａ１２（３）：", "A12(3):"),
        ("✔\ufe0f", "✔"),
        ("a\u3164b", "a b"),
        ("\x00\x07", ""),
        (3.0, "3"),
        (0.5, "0.5"),
        (13800000000.0, "13800000000"),
        (Decimal("2.00"), "2"),
        (True, "TRUE"),
        (date(2025, 3, 5), "2025-03-05"),
        (datetime(2025, 3, 5), "2025-03-05"),
        (datetime(2025, 3, 5, 14, 30), "2025-03-05 14:30:00"),
        (time(9, 5), "09:05:00"),
        (CellError(), ""),
        (b"abc", ""),
    ],
)
def test_normalise(cell, text):
    assert normalise(cell) == text


@given(cells)
@example("A´")
def test_normalised_text_is_a_fixed_point(cell):
    text = normalise(cell)
    assert normalise(text) == text
    assert compact(compact(cell)) == compact(cell)
    assert text == text.strip() and "  " not in text and "\n" not in text
    assert " " not in compact(cell)


@given(
    st.text("村居委会协议金额(元)abcXYZ", max_size=12),
    st.sampled_from(["\n", " ", "\u3000", "\u200b", "\ufeff", "\xa0"]),
)
def test_compact_sees_through_layout_width_and_case(text, gap):
    wide = gap.join(text).replace("(", "（").replace(")", "）").upper()
    assert compact(wide) == compact(text)


def test_unreadable():
    assert all(unreadable(cell) for cell in (CellError(), b"", [], object()))
    assert not any(unreadable(cell) for cell in (None, "", 0, 0.0, True, Decimal(0), date(2025, 1, 1), time(1)))


@given(counts, st.sampled_from(sorted(MEASURE_WORDS)))
def test_every_hand_of_a_count_reads_back(count, measure):
    hands = [count, float(count), Decimal(count), str(count), f"{count:,}", f"{count}.0", f" {count} ", f"'{count}"]
    hands += [
        f"{count}{measure}",
        f"{count} {measure}",
        f"{count}（{measure}）",
        f"{count:,}{measure}。",
        f"共{count}{measure}",
    ]
    hands += [
        in_words(count),
        f"{in_words(count)}{measure}",
        in_words(count, FINANCIAL),
        f"{count}{measure}".translate(FULL_WIDTH),
    ]
    if count % 100 == 0:
        hands.append(f"{Decimal(count) / 10000:f}万{measure}")
    for hand in hands:
        assert parse_count(hand).value == count, hand


@pytest.mark.parametrize(
    ("text", "count"), [("60人/次", 60), ("60人(次)", 60), ("两人", 2), ("廿户", 20), ("1.2w人次", 12000), ("十二", 12)]
)
def test_counts_in_odd_forms(text, count):
    assert parse_count(text).value == count


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("-3", "是负数"),
        (-3, "是负数"),
        ("12.5", "不是整数"),
        (12.5, "不是整数"),
        ("12.5人", "不是整数"),
        ("约60", "不是确定的数"),
        ("60余人次", "不是确定的数"),
        ("60人以上", "不是确定的数"),
        ("数十人", "不是确定的数"),
        ("60/70", "写了不止一个数"),
        ("20+30", "写了不止一个数"),
        ("60-70人", "写的是范围"),
        ("60~70", "写的是范围"),
        ("60\n70", "数字中间有空格或换行，可能是两个数"),
        ("1.200", "小数点后有三位，可能是千位分隔"),
        ("1.200人", "小数点后有三位，可能是千位分隔"),
        ("60%", "写的是百分比"),
        ("待定", "还没有确定"),
        ("1.2e3", "科学记数法丢失了位数"),
        ("60②", "含有上标、带圈等特殊数字"),
        ("13800000000", "数目过大，不像数量"),
        (date(2025, 3, 5), "写的是日期或时间，不是数量"),
        (True, "写的是真假值，不是数量"),
        (float("nan"), "不是确定的数"),
        (CellError(), "单元格是错误值，或公式没有结果"),
        ("参加人员较" * 60, "内容过长，看不出是哪个值"),
    ],
)
def test_counts_refused_with_the_reason(cell, problem):
    parsed = parse_count(cell)
    assert (parsed.value, parsed.problem, parsed.blank) == (None, problem, False)


@pytest.mark.parametrize(
    "text",
    [
        "60人(其中女性20人)",
        "七八人",
        "三五十人",
        "第3次",
        "一百二人",
        "百人",
        "6O",
        "60人60件",
        "人",
        "3,50",
        "男30女30",
        "二十多",
    ],
)
def test_counts_refused(text):
    parsed = parse_count(text)
    assert parsed.value is None and parsed.problem and not parsed.blank


@pytest.mark.parametrize("cell", [None, "", "\u3000", "无", "/", "—", "－", "--", "- -", "N/A", "不涉及"])
def test_counts_and_numbers_blank(cell):
    assert parse_count(cell).blank
    assert parse_number(cell).blank


def test_measure_words_can_be_narrowed():
    assert parse_count("60人", measure_words=["人"]).value == 60
    assert parse_count("60张", measure_words=["人"]).value is None


@given(st.decimals("0", "100", places=1))
def test_scores_read_back(score):
    for hand in (str(score), f"{score}分", float(score), f"{score} 分".translate(FULL_WIDTH)):
        assert parse_number(hand).value == score, hand


@pytest.mark.parametrize("text", ["98%", "约95", "95/100", "优", "≥3场", "不少于3场", "3-4场", "九十五分以上"])
def test_numbers_refused(text):
    assert parse_number(text).value is None and parse_number(text).problem


def test_numbers_may_be_negative_and_have_a_unit():
    assert [parse_number(text).value for text in ("-3.5", "3场次", "九十五分", "95.000")] == [
        Decimal("-3.5"),
        3,
        95,
        95,
    ]


YES = (
    "是|是的|对|√|✓|✔|✔️|☑|✅|Y|y|Yes|YES|T|true|TRUE|1|1.0|Ｙ|已|有|已办结|已完成|已缴|已缴纳|已缴清|已全部完成"
    "|已按期完成|合格|通过|在编|在编人员|参加|参加了|已参加|完成|办结|已整改到位|已征求意见|是(已缴纳)|是，已办结|是。|（√）"
    "|已 办 结|☑是☐否|☑ 是  ☐ 否|■是□否|是☑否☐|√是 否"
)
NO = (
    "否|不是|错|×|✗|✘|✖|❌|☐|N|n|No|F|false|0|0.0|未|无|没有|未办结|未完成|未缴|未缴纳|不合格|不通过|未通过|不在编|编外"
    "|未参加|没参加|没有参加|尚未办结|非重大|未公示|否（未缴）|未 完 成|（×）|□是☑否|☐是☑否|是□否√|是☐ 否☑"
)


@pytest.mark.parametrize("cell", [*YES.split("|"), True, 1, 1.0, Decimal(1)])
def test_yes(cell):
    assert parse_bool(cell).value is True


@pytest.mark.parametrize("cell", [*NO.split("|"), False, 0, 0.0, Decimal(0)])
def test_no(cell):
    assert parse_bool(cell).value is False


@pytest.mark.parametrize(
    "cell",
    [
        *[
            "部分",
            "部分完成",
            "进行中",
            "待定",
            "办理中",
            "基本完成",
            "未全部完成",
            "未按期完成",
            "未缴清",
            "未整改到位",
            "是否",
            "是/否",
            "是，未缴",
            "是（部分）",
        ],
        *[
            "合格（未参加）",
            "缴纳",
            "不涉及",
            "已完成50%",
            "□是□否",
            "☑是☑否",
            "是☑否",
            "[x]",
            "○",
            "2",
            "10",
            "不详",
            "逾期完成",
            "补考合格",
            "优秀",
            "约",
        ],
        2,
        0.5,
        float("nan"),
        date(2025, 1, 1),
        CellError(),
    ],
)
def test_neither_yes_nor_no(cell):
    parsed = parse_bool(cell)
    assert parsed.value is None and parsed.problem and not parsed.blank


@pytest.mark.parametrize("cell", [None, "", " ", "/", "—", "--", "N/A", "（ ）"])
def test_yes_or_no_left_open(cell):
    assert parse_bool(cell).blank


@given(st.sampled_from(YES.split("|")), st.sampled_from(["未", "没有", "不", "尚未", "部分", "基本", "待", "拟"]))
def test_a_negation_or_a_reservation_is_never_read_as_yes(text, before):
    assert parse_bool(before + text).value is not True


@given(
    counts,
    st.sampled_from(
        [
            "约{}",
            "{}余",
            "{}多人",
            "近{}人次",
            "{}人左右",
            "{}以上",
            "不少于{}",
            "至少{}人",
            "{}人?",
            "{}人+",
            "-{}",
            "{}/{}",
        ]
    ),
)
def test_a_word_of_doubt_is_never_lost(count, phrase):
    text = phrase.format(count, count)
    assert parse_count(text).value is None
    if not text.startswith("-"):
        assert parse_number(text).value is None


@given(cells)
def test_any_cell_has_exactly_one_outcome(cell):
    for parse in (parse_count, parse_number, parse_bool):
        parsed = parse(cell)
        assert [parsed.value is not None, parsed.problem is not None, parsed.blank].count(True) == 1
    count = parse_count(cell).value
    assert count is None or (type(count) is int and count >= 0)


@given(cells)
def test_the_callers_decimal_context_changes_nothing(cell):
    expected = parse_count(cell), parse_number(cell)
    with localcontext() as context:
        context.prec = 2
        assert (parse_count(cell), parse_number(cell)) == expected
