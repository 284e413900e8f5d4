"""Dates: every office hand reads back to its day, and half a date, a span or a doubt never does."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.values.dates import parse_date
from made.chinese_numbers import in_words

YEAR = 2025
near_days = st.dates(date(2015, 1, 1), date(2026, 12, 31))
any_days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
ledger_days = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
times = st.sampled_from(
    [
        "",
        " 14:30",
        " 14:30:05",
        "T14:30:00",
        " 上午",
        " 下午2点",
        " 下午2:30",
        " 9:00-11:30",
        " 00:00:00.000",
        " 2:30 PM",
        "（14:30）",
    ]
)
FULL_WIDTH = str.maketrans("0123456789./-:", "０１２３４５６７８９．／－：")
LOWER, FINANCIAL = "零一二三四五六七八九十", "零壹贰叁肆伍陆柒捌玖拾"


def small(number: int, letters: str = LOWER) -> str:
    """五, 十, 十五, 二十五: a month or a day in words."""
    return in_words(number, letters + "百千万亿").removeprefix(letters[1] if 10 <= number < 20 else "")


def year_in_words(year: int, letters: str) -> str:
    return "".join(letters[int(digit)] for digit in str(year))


@given(any_days, times)
def test_every_numeric_hand_reads_back(day, clock):
    y, m, d = day.year, day.month, day.day
    hands = [
        f"{y}-{m:02}-{d:02}",
        f"{y}.{m}.{d}",
        f"{y}/{m}/{d}",
        f"{y}年{m}月{d}日",
        f"{y}年{m:02}月{d:02}号",
        f"{y}{m:02}{d:02}",
    ]
    hands += [
        f"{y}、{m}、{d}",
        f"{y}-{m}.{d}",
        f"{y}—{m}—{d}",
        f"{y} {m} {d}",
        f"{y}年{m}.{d}",
        f"{y}·{m}·{d}",
        f"{y}\\{m}\\{d}",
    ]
    hands += [
        f"{y} 年 {m} 月 {d} 日",
        f" {y}. {m}. {d}",
        f"{y}。{m}。{d}",
        f"（{y}年{m}月{d}日）",
        f"{y}--{m}--{d}",
        f"{y}年{m}月{d}",
    ]
    for hand in hands:
        if hand.endswith("）") and clock:
            continue
        for text in (hand + clock, (hand + clock).translate(FULL_WIDTH), "'" + hand + clock):
            assert parse_date(text, year=YEAR).value == day, text


@given(any_days, st.sampled_from(["〇", "零", "○", "O", "0"]), st.sampled_from([LOWER, FINANCIAL]))
def test_chinese_numerals_read_back(day, nought, letters):
    year = year_in_words(day.year, letters).replace(letters[0], nought)
    month, number = small(day.month, letters), small(day.day, letters)
    hands = [f"{year}年{month}月{number}日", f"{day.year}年{month}月{number}日", f"{year}年{day.month}月{day.day}日"]
    hands += [f"{year}年{month}月{number.replace('二十', '廿').replace('三十', '卅')}号", f"{year}.{month}.{number}"]
    if day.month == 1:
        hands.append(f"{year}年元月{number}日")
    for hand in hands:
        assert parse_date(hand, year=YEAR).value == day, hand


@given(near_days)
def test_hands_that_lean_on_the_ledgers_year(day):
    serial = (day - date(1899, 12, 30)).days
    short = day.year % 100
    hands = [
        f"{short}.{day.month}.{day.day}",
        f"{short}-{day.month:02}-{day.day:02}",
        f"{short}年{day.month}月{day.day}日",
    ]
    hands += [serial, float(serial), serial + 0.604, str(serial), f"{serial}.604", Decimal(serial)]
    for hand in hands:
        assert parse_date(hand, year=YEAR).value == day, hand


@given(any_days, st.times())
def test_cells_that_are_dates(day, clock):
    packed = int(f"{day:%Y%m%d}")
    for cell in (day, datetime.combine(day, clock), packed, float(packed), f"{packed}.0", f"{packed}{clock:%H%M%S}"):
        assert parse_date(cell, year=YEAR).value == day


@given(any_days)
def test_weekday_must_fit(day):
    names = "一二三四五六日"
    right, wrong = names[day.weekday()], names[(day.weekday() + 1) % 7]
    for form in ("{0}（星期{1}）", "{0} 周{1}", "{0}星期{1} 14:30", "{0}（礼拜{1}）", "周{1} {0}", "{0}（周{1} 下午）"):
        assert parse_date(form.format(day.isoformat(), right), year=YEAR).value == day, form
        assert parse_date(form.format(day.isoformat(), wrong), year=YEAR).problem == "星期与日期不符"


@given(ledger_days)
def test_without_a_year(day):
    hands = [
        f"{day.month}月{day.day}日",
        f"{day.month} 月 {day.day} 号",
        f"{small(day.month)}月{small(day.day)}日",
        f"{day.month}.{day.day:02}",
        f"{day.month}/{day.day}",
    ]
    for hand in hands:
        assert parse_date(hand, year=YEAR).value == day, hand


@given(ledger_days, st.integers(0, 364))
def test_without_a_year_it_follows_the_first_date(first, later):
    day = first + timedelta(days=later)
    if (day.month, day.day) != (2, 29):
        assert parse_date(f"{day.month}月{day.day}日", year=YEAR, first=first).value == day


def test_a_year_that_cannot_be_told():
    assert parse_date("2月29日", year=2025).problem == "该月没有这一天"
    assert parse_date("2月29日", year=2023, first=date(2023, 12, 20)).value == date(2024, 2, 29)
    assert parse_date("1月5日", year=2025, first=date(2027, 3, 1)).problem == "没有写年份，不能确定是哪一年"


@given(any_days)
def test_year_last_only_where_one_reading_is_possible(day):
    american, european = f"{day.month}/{day.day}/{day.year}", f"{day.day}/{day.month}/{day.year}"
    for text in (american, european):
        parsed = parse_date(text, year=YEAR)
        if day.day > 12 or day.day == day.month:
            assert parsed.value == day
        else:
            assert parsed.problem == "月、日的先后不能确定"


def test_zones_that_could_be_the_day_before_or_after():
    assert parse_date("2025-03-05T14:30:00Z", year=YEAR).value == date(2025, 3, 5)
    assert parse_date("2025-03-05T23:30:00.000+08:00", year=YEAR).value == date(2025, 3, 5)
    assert parse_date("2025-03-05T18:30:00Z", year=YEAR).problem == "时间带时区，可能是前后一天"
    assert parse_date("2025-03-05T00:30:00+09:30", year=YEAR).problem == "时间带时区，可能是前后一天"


@pytest.mark.parametrize(
    "text", ["6月30日前", "2025年6月30日之前", "2025-06-30前完成", "2025.6.30以前", "6月30日(含)前"]
)
def test_deadlines_only_where_asked(text):
    assert parse_date(text, year=YEAR, deadline=True).value == date(2025, 6, 30)
    assert parse_date(text, year=YEAR).problem == "写的不是一天"


@pytest.mark.parametrize(
    "text",
    [
        "2O25-O3-05",
        "2025-0305",
        "2025.0305",
        "250305",
        "三月五日",
        "零叁月零伍日",
        "两千零二十五年三月五日",
        "二五年三月五日",
        '="2025-03-05"',
        "2025年3月5日14时30分",
        "2025年3月5日下午二点半",
        "2025年3月份5日",
        "2025年3月0 5日",
        "2025:03:05 14:30:00",
        "2025.3.5。",
        "3.5",
        "03.05",
        "03-05",
        "2025/3/5 下午 2:30:00",
        "2025/3/5 上午12:00:00",
        "2025年3月5日上午9时至11时",
        "2025年3月5日10时许",
        "2025年３月５日",
        "2025\u2060-3-\u200b5",
        "2025年3⽉5⽇",
    ],
)
def test_odd_but_certain(text):
    assert parse_date(text, year=YEAR).value == date(2025, 3, 5)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("2025.13.5", "月份不存在"),
        ("2025年2月30日", "该月没有这一天"),
        ("20250230", "该月没有这一天"),
        ("2025-00-10", "月份不存在"),
        ("2025年3月", "只写到月份"),
        ("2025.3", "只写到月份"),
        ("2025-03", "只写到月份"),
        ("202503", "只写到月份"),
        (202503, "只写到月份"),
        ("3月", "只写到月份"),
        ("2025年", "只写到年份"),
        ("2025年3月5日至7日", "写的不是一天"),
        ("2025.3.5-3.7", "写的不是一天"),
        ("2025.3-5", "写的不是一天"),
        ("2025年3、5日", "写的不是一天"),
        ("3月5-7日", "写的不是一天"),
        ("3-5", "写的不是一天"),
        ("10-12", "写的不是一天"),
        ("2025年3月5日、3月6日", "写的不是一天"),
        ("2025年3月5日起", "写的不是一天"),
        ("2025年3月上旬", "没有写到日"),
        ("2025年6月底", "没有写到日"),
        ("2025年第一季度", "没有写到日"),
        ("农历二月初六", "农历或节日，不能确定是哪一天"),
        ("腊月廿三", "农历或节日，不能确定是哪一天"),
        ("正月初五", "农历或节日，不能确定是哪一天"),
        ("约2025年3月5日", "不是确定的日期"),
        ("2025年3月5日左右", "不是确定的日期"),
        ("2025年3月5日?", "不是确定的日期"),
        ("2025年3月5日（暂定）", "不是确定的日期"),
        ("长期", "不是确定的日期"),
        ("待定", "不是确定的日期"),
        ("99.3.5", "年份只写两位，不能确定"),
        ("13.3.25", "年份只写两位，不能确定"),
        ("14.12.31", "年份只写两位，不能确定"),
        ("27.1.1", "年份只写两位，不能确定"),
        ("3/5/2025", "月、日的先后不能确定"),
        ("五月二三日", "月或日看不出是哪个数"),
        ("三四月五日", "月或日看不出是哪个数"),
        ("2025-03-05 25:70", "日期后面还有别的内容"),
        ("2025-03-0514:30", "日期后面还有别的内容"),
        ("0000-00-00", "年份不在1900至2100年之间"),
        ("1899-12-31", "年份不在1900至2100年之间"),
        (date(1899, 12, 31), "年份不在1900至2100年之间"),
        (datetime(1899, 12, 30, 9), "年份不在1900至2100年之间"),
        (time(9), "只有时间，没有日期"),
        (timedelta(hours=9), "只有时间，没有日期"),
        (60, "这个数字看不出是哪一天"),
        (3.15, "这个数字看不出是哪一天"),
        (2025, "这个数字看不出是哪一天"),
        (1741132800, "这个数字看不出是哪一天"),
        (float("nan"), "这个数字看不出是哪一天"),
        (True, "写的是真假值，不是日期"),
        (b"2025", "单元格是错误值，或公式没有结果"),
    ],
)
def test_refused_with_the_reason(cell, problem):
    parsed = parse_date(cell, year=YEAR)
    assert (parsed.value, parsed.problem, parsed.blank) == (None, problem, False)


@pytest.mark.parametrize(
    "text",
    [
        "3.1",
        "3.2",
        "13/3",
        "2025305",
        "20251305",
        "2025~3~5",
        "5-Mar-25",
        "2025.3.5 3.6",
        "2025-3-1 5",
        "次年1月5日",
        "同年3月5日",
        "2025³",
        "201112",
        "2025.3.5.7",
        "3/5/25",
        "20025-3-5",
        "202-3-5",
        "1900-01-00",
        "2025年3月5日8时第2次",
        "9:30",
        "14:30:00",
        "壹万",
        "2025年13月",
        "2025年三、五月",
        "２０２５年",
        "2025年3月5日农历二月",
    ],
)
def test_refused(text):
    parsed = parse_date(text, year=YEAR)
    assert parsed.value is None and parsed.problem and not parsed.blank


@pytest.mark.parametrize("cell", [None, "", "\u3000", "无", "/", "—", "--", "\ufeff"])
def test_blank(cell):
    assert parse_date(cell, year=YEAR).blank


@given(
    any_days,
    st.sampled_from(
        ["约{}", "{}左右", "{}前后", "{}上旬", "农历{}", "{}至今", "{}前", "{}?", "{}、{}", "{}-{}", "{}起", "{}和{}"]
    ),
)
def test_a_word_of_doubt_is_never_lost(day, phrase):
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日"):
        assert parse_date(phrase.format(text, text), year=YEAR).value is None


@given(st.integers(-(10**16), 10**16).filter(lambda n: len(str(n)) not in (5, 6, 8, 12, 14)))
def test_stray_numbers_are_no_dates(number):
    for cell in (number, float(number), str(number)):
        assert parse_date(cell, year=YEAR).value is None


@given(st.one_of(st.integers(0, 40177), st.integers(51502, 99999)))
def test_serials_far_from_the_year_are_no_dates(serial):
    assert parse_date(serial, year=YEAR).value is None


@given(
    st.one_of(
        st.text(max_size=80),
        st.text("0123456789年月日号.-/ :：（）()上午下点时星期三周至TZ零一二十廿元", max_size=24),
        st.floats(),
        st.integers(),
        st.decimals(),
        st.booleans(),
        st.dates(),
        st.datetimes(timezones=st.sampled_from([None, UTC])),
        st.times(),
        st.timedeltas(),
        st.binary(max_size=4),
        st.none(),
    ),
    st.integers(2000, 2050),
    st.none() | st.dates(date(2000, 1, 1), date(2050, 1, 1)),
)
def test_any_cell_has_exactly_one_outcome(cell, year, first):
    parsed = parse_date(cell, year=year, first=first)
    assert [parsed.value is not None, parsed.problem is not None, parsed.blank].count(True) == 1
    assert parsed.value is None or (type(parsed.value) is date and 1900 <= parsed.value.year <= 2100)
