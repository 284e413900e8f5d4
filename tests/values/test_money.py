"""Money: every office hand reads back to the fen, and no doubt is turned into a sum."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.values.money import UNITS, money_unit, parse_money
from made.chinese_numbers import FINANCIAL, LOWER, in_words

FEN = Decimal("0.01")
sums = st.integers(1, 99_999_999_999).map(lambda fen: Decimal(fen) * FEN)
whole = st.integers(1, 999_999_999)


def coins(amount: Decimal, letters: str) -> str:
    """叁万伍仟元零伍分: yuan, 角 and 分 in words."""
    fen = int(amount * 100)
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    text = f"{in_words(yuan, letters)}元" if yuan else ""
    if jiao:
        text += f"{letters[jiao]}角"
    elif yuan and rest:
        text += letters[0]
    return text + (f"{letters[rest]}分" if rest else "整")


@given(sums)
def test_every_hand_reads_back(amount):
    full_width = str(amount).translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))
    ten_thousands = amount / 10000
    hands = [
        f"{amount:,.2f}",
        f"¥{amount:,.2f}",
        f"￥ {amount:,.2f}",
        f"人民币{amount}元",
        f"RMB{amount}",
        f"{amount}元整",
        f"{amount} 元",
        f"'{amount}",
        full_width,
        f"{full_width}元",
        f"{ten_thousands:f}万元",
        f"{ten_thousands:f}万",
        f"{ten_thousands:f} 万元整",
        f"{ten_thousands:f}(万元)",
        coins(amount, FINANCIAL),
        f"人民币（大写）{coins(amount, FINANCIAL)}（¥{amount:,.2f}）",
        coins(amount, LOWER).removesuffix("整"),
    ]
    for hand in hands:
        parsed = parse_money(hand)
        assert (parsed.value, parsed.problem) == (amount, None), hand
        assert parsed.value.as_tuple().exponent == -2


@given(sums)
def test_number_cells_are_exact_to_the_fen(amount):
    assert parse_money(float(amount)).value == amount
    assert parse_money(float(amount / 10000), unit="万元").value == amount
    assert parse_money(amount).value == amount


@given(whole)
def test_mixed_hands_read_back(number):
    assert parse_money(number).value == number
    assert parse_money(f"{number // 1000}千元").value == number // 1000 * 1000
    ten_thousands, thousands = divmod(number // 1000 % 100000, 10)
    if ten_thousands and thousands:
        expected = ten_thousands * 10000 + thousands * 1000
        assert parse_money(f"{ten_thousands}万{thousands}千元").value == expected
        assert parse_money(f"{ten_thousands}万{thousands}").value == expected
        assert parse_money(f"{ten_thousands}万{thousands}元").value is None


@given(sums.filter(lambda amount: amount < 10**7), st.sampled_from(sorted(UNITS)))
def test_the_unit_in_the_cell_beats_the_header(amount, unit):
    assert parse_money(f"{amount}元", unit=unit).value == amount
    assert parse_money(f"{amount / 10000:f}万", unit=unit).value == amount
    assert parse_money(f"{amount / UNITS[unit]:f}", unit=unit).value == amount
    assert parse_money(float(amount / UNITS[unit]), unit=unit).value == amount


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("三万五", "35000"),
        ("3.5w", "35000"),
        ("35K", "35000"),
        ("35，000", "35000"),
        ("赔偿1200元", "1200"),
        ("3.5万（含误工费）", "35000"),
        ("支付1.2万元", "12000"),
        ("３５０００", "35000"),
        ("两万", "20000"),
        ("拾万元整", "100000"),
        ("贰拾叁万叁仟叁佰元整", "233300"),
        ("23.33万元", "233300"),
        ("伍角叁分", "0.53"),
        ("35元5角3分", "35.53"),
        ("叁佰元零伍分", "300.05"),
        ("叁佰圆正", "300"),
        ("35000块钱", "35000"),
        ("3。5万元", "35000"),
        ("3.500万元", "35000"),
        ("35000元。", "35000"),
        ("35000元(叁万伍仟元整)", "35000"),
        ("共35000元", "35000"),
        ("35,000.00元（大写：叁万伍仟元整）", "35000"),
        ("人民币：（大写）叁万伍仟元整", "35000"),
        ("35000.000000000001", "35000"),
        ("0", "0"),
        ("0元", "0"),
        ("零元整", "0"),
    ],
)
def test_read(text, yuan):
    assert parse_money(text).value == Decimal(yuan)
    assert not parse_money(text).blank


@pytest.mark.parametrize(
    "cell", [None, "", " ", "\u3000", "无", "/", "／", "—", "——", "–", "-", "－", "N/A", "不涉及", "无金额", "¥ -"]
)
def test_nothing_agreed(cell):
    parsed = parse_money(cell)
    assert (parsed.value, parsed.problem, parsed.blank) == (None, None, True)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("-3000", "是负数"),
        (-3000, "是负数"),
        ("(3,000)", "是负数"),
        ("（3,000.00）", "是负数"),
        ("¥-3000", "是负数"),
        ("约3万元", "不是确定的数"),
        ("约数万元", "不是确定的数"),
        ("3万余元", "不是确定的数"),
        ("3万元左右", "不是确定的数"),
        ("不低于3万元", "不是确定的数"),
        ("待定", "还没有确定"),
        ("面议", "还没有确定"),
        ("每年3万元", "按期支付，总额不能确定"),
        ("3万元/年", "按期支付，总额不能确定"),
        ("3-5万元", "写的是范围"),
        ("3万~5万", "写的是范围"),
        ("3万+2万", "写了不止一个数"),
        ("3万元、2万元", "写了不止一个数"),
        ("3000\n5000", "数字中间有空格或换行，可能是两个数"),
        ("3 5000", "数字中间有空格或换行，可能是两个数"),
        ("120, 300", "数字中间有空格或换行，可能是两个数"),
        ("35.000", "小数点后有三位，可能是千位分隔"),
        ("35.000元", "小数点后有三位，可能是千位分隔"),
        ("35000.005", "金额写到了分以下"),
        ("0.123456789万元", "金额写到了分以下"),
        ("35000元(叁万元整)", "两种写法的金额不一致"),
        ("3000美元", "不是人民币"),
        ("$3000", "不是人民币"),
        ("3.5E+04", "科学记数法丢失了位数"),
        ("35000²", "含有上标、带圈等特殊数字"),
        ("2025-03-05", "像是日期"),
        (date(2025, 3, 5), "写的是日期或时间，不是金额"),
        (datetime(2025, 3, 5), "写的是日期或时间，不是金额"),
        (time(9), "写的是日期或时间，不是金额"),
        (timedelta(1), "写的是日期或时间，不是金额"),
        (True, "写的是真假值，不是金额"),
        (float("nan"), "不是确定的数"),
        (float("inf"), "不是确定的数"),
        (Decimal("sNaN"), "不是确定的数"),
        ("110101189901011234", "金额过大，不像真实金额"),
        (b"3000", "单元格是错误值，或公式没有结果"),
    ],
)
def test_refused_with_the_reason(cell, problem):
    parsed = parse_money(cell)
    assert parsed.value is None and not parsed.blank
    assert parsed.problem == problem


@pytest.mark.parametrize(
    "text",
    [
        "3,50",
        "35,0000",
        "35'000",
        "三五",
        "三四万元",
        "三万五元",
        "3万5元",
        "3万50",
        "1亿2000",
        "百万元",
        "万元",
        "元",
        "¥",
        "35000元(已付)",
        "100元起",
        "1.5万5千",
        "NaN",
        "inf",
        "3/4",
        "5%",
        "+3000",
        "近3万",
        "3万多",
        "几百元",
        "35.5元5角",
        "3.5m",
        "３①",
        "2万元每年",
        "35000元?",
        "无偿",
        "暂无",
        "3元4元",
        "三分之一",
        "30%",
        "一千元/次",
        "12个月",
    ],
)
def test_refused(text):
    parsed = parse_money(text)
    assert parsed.value is None and parsed.problem and not parsed.blank


@pytest.mark.parametrize("text", ["3千", "五百", "¥3.5", "人民币3.5"])
def test_a_unit_that_may_multiply_the_headers_is_refused(text):
    assert parse_money(text).value is not None
    assert parse_money(text, unit="万元").problem == "单位与表头不一致，不能确定"


def test_header_unit():
    for cell in ("3.5", 3.5, "3.5万", "35000元", "叁万伍仟", "３．５", "3.500"):
        assert parse_money(cell, unit="万元").value == 35000, cell
    with pytest.raises(KeyError):
        parse_money("3", unit="美元")


def test_half_a_fen_goes_up_whatever_the_callers_context():
    with localcontext() as context:
        context.prec = 3
        context.rounding = "ROUND_DOWN"
        assert [str(parse_money(x).value) for x in (1.005, 2.675, 23333.333333, 0.1 + 0.2)] == [
            "1.01",
            "2.68",
            "23333.33",
            "0.30",
        ]


@given(
    st.one_of(
        st.text(max_size=80),
        st.text("0123456789万千百十元角分整¥,.-—约()（）/ 三五零壹拾两wk~+", max_size=20),
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
    ),
    st.sampled_from(sorted(UNITS)),
)
def test_any_cell_has_exactly_one_outcome(cell, unit):
    parsed = parse_money(cell, unit=unit)
    assert [parsed.value is not None, parsed.problem is not None, parsed.blank].count(True) == 1
    if parsed.value is not None:
        assert parsed.value >= 0 and parsed.value.as_tuple().exponent == -2


@given(
    sums,
    st.sampled_from(
        [
            "约{}元",
            "{}余元",
            "{}元左右",
            "{}元以上",
            "近{}元",
            "{}元/月",
            "每年{}元",
            "{}多",
            "-{}",
            "{}?",
            "不超过{}元",
        ]
    ),
)
def test_a_word_of_doubt_is_never_lost(amount, phrase):
    for unit in ("元", "万元"):
        assert parse_money(phrase.format(amount), unit=unit).value is None


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("协议金额(万元)", "万元"),
        ("协议金额\n（万元）", "万元"),
        ("协议金额（单位：万元）", "万元"),
        ("协议金额/万元", "万元"),
        ("协议金额万元", "万元"),
        ("金额（万）", "万元"),
        ("标的额(仟元)", "千元"),
        ("合同金额(元)", "元"),
        ("罚款金额元", "元"),
        ("投资（百万元）", "百万元"),
        ("填报单位:司法所   单位:万元", "万元"),
        ("填报单位：司法所单位：万元", "万元"),
        ("金额单位：人民币元", "元"),
        ("币种：人民币  单位：万元", "万元"),
        ("单位:件、万元", "万元"),
        ("（单位：人、万元）", "万元"),
        ("协议金额", None),
        ("协议金额(元/万元)", None),
        ("填报单位:元坝镇", None),
        ("送审单位", None),
        ("居民单元", None),
        ("罚款总额 3万元", None),
        ("单位:万美元", None),
        ("计量单位:件", None),
        ("", None),
    ],
)
def test_unit_of_money_in_a_title_or_a_line(line, unit):
    assert money_unit(line) == unit


@given(st.text(max_size=60))
def test_any_title_has_a_known_unit_or_none(line):
    assert money_unit(line) in {*UNITS, None}


@pytest.mark.parametrize(
    "text", ["赔3500，另付医药费800", "3000元（含医疗费200元）", "5000元（首付）", "500元（押金已付）", "退一赔三"]
)
def test_what_more_than_one_sum_or_part_of_one_is_refused(text):
    assert parse_money(text).problem is not None
