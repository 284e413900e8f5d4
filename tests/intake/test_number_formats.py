"""What a number format makes of a number: read as it is shown, or left as it is where it says nothing."""

import datetime

import pytest

from fazhi.intake.model import ShrunkNumber, YearlessDate
from fazhi.intake.number_formats import is_date, matters, shown

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("cell", "code", "text"),
    [
        (0.35, '0.00"万元"', "0.35万元"), (1.2, '0.0"万人次"', "1.2万人次"), (35000, '0!.0,"万"', "3.5万"),
        (1234567, '0.00,,"百万元"', "1.234567百万元"), (350000000, '0!.00,,"亿元"', "3.5亿元"), (12345, '[>=10000]0!.0,"万";0', "1.2345万"),
        (60, '0"余人"', "60余人"), (80, '"约"0', "约80"), (8, "0+", "8+"), (5, 'G/通用格式"人"', "5人"), (5, "0人", "5人"),
        (300, "[$US$-409]#,##0", "US$300"), (300, '"$"#,##0', "$300"), (3, "[$¥-411]#,##0", "日元3"), (3, "[$€-2] #,##0", "€3"),
        (0.5, "0%", "50%"), (1.2, "0%", "120%"), (-0.05, "0.00%", "-5%"), (1, '"是";;"否"', "是"), (0, '"是";;"否"', "否"),
        (20250305, '0000"年"00"月"00"日"', "2025年03月05日"), (35000, '[DBNum2][$-804]General"元整"', "35000元整"), ("3.5", '@"万元"', "3.5万元"),
        (-0.35, '0.00"万元";[Red]-0.00"万元"', "-0.35万元"), (-3, '0"元";(0"元")', "-3元"),
    ],
)  # fmt: skip
def test_words_in_a_format_are_read(cell: float | str, code: str, text: str) -> None:
    assert matters(code)
    assert shown(cell, code) == text


@pytest.mark.parametrize(
    "code",
    [
        "General", "0", "0.00", "#,##0.00", ACCOUNTING, "#,##0_);(#,##0)", "#,##0;[Red]-#,##0", '"¥"#,##0.00', "[$¥-804]#,##0", "[$-804]0",
        "@", "0.00E+00", "# ?/?", "00000", "+0;-0", "[DBNum1][$-804]General", "[$￥-804]#,##0.00;[Red]-#,##0.00",
    ],
)  # fmt: skip
def test_formats_that_say_nothing_change_nothing(code: str) -> None:
    assert not matters(code)
    for cell in (500, 0, -3.5, "文字"):
        assert shown(cell, code) == cell


@pytest.mark.parametrize(("cell", "code"), [(35000, "0\\.0,"), (35000, "0!.0,"), (35000, '0"."0,')])
def test_a_number_divided_without_a_word_is_what_is_shown_and_says_so(cell: float, code: str) -> None:
    number = shown(cell, code)
    assert number == 3.5
    assert isinstance(number, ShrunkNumber)
    assert shown(1234567, "#,##0,") == 1234.567


def test_hidden_numbers_are_none() -> None:
    assert shown(3, ";;;") is None
    assert shown(0, "0;-0;;@") is None
    assert shown(0, "[>0]0;[<0]-0;[=0];@") is None
    assert shown(5, "0;-0;;@") == 5


@pytest.mark.parametrize(
    "code", ['m"月"d"日"', "m月d日", "mm-dd;@", "d-mmm", "[$-804]m月d日;@", "m/d h:mm", 'd"日"', "mm/dd/;@"]
)
def test_a_date_without_a_year_says_so(code: str) -> None:
    seen = shown(datetime.date(2026, 12, 5), code)
    assert isinstance(seen, YearlessDate)
    assert (seen.year, seen.month, seen.day) == (2026, 12, 5)


@pytest.mark.parametrize(
    "code",
    [
        "yyyy/m/d",
        'yyyy"年"m"月"d"日"',
        "h:mm",
        "h时mm分",
        "[h]:mm:ss",
        "[$-F800]dddd, mmmm dd, yyyy",
        "yy-m-d",
        "e/m/d",
    ],
)
def test_other_dates_and_times_stay(code: str) -> None:
    assert is_date(code)
    assert not matters(code)
    assert not isinstance(shown(datetime.date(2026, 12, 5), code), YearlessDate)
