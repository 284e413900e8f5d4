"""Numbers that name someone are known however they are written; figures of a report are not taken for them."""

import pytest

from fazhi.privacy.number_shapes import numbers_in, phone_digits

MOBILE, LINE, IDENTITY = "13612345678", "02365701234", "500107189903074371"


@pytest.mark.parametrize(
    ("text", "digits", "kind"),
    [
        *[(text, MOBILE, "phone") for text in ("13612345678", "+8613612345678", "0086 136-1234-5678", "136.1234.5678", "136 123 45678", "1361234 5678")],
        *[(text, LINE, "phone") for text in ("(023)65701234", "023-65701234", "02365701234", "023 65701234")],
        *[(text, IDENTITY, "identity") for text in (IDENTITY, "500107 18990307 4371", "500107-18990307-4371", "5001 0718 9903 0743 71")],
        ("11010519491231002X", "11010519491231002x", "identity"), ("4111 1111 1111 1111", "4111111111111111", "card"),
        ("138****1234", "", "masked"), ("尾号1234", "", "masked"), ("zhang.san@example.cn", "", "e-mail"),
        ("渝A12345", "", "plate"), ("渝AD12345", "", "plate"), ("3栋2单元501", "", "address"), ("5号楼1-2", "", "address"),
    ],
)  # fmt: skip
def test_a_number_that_names_someone(text, digits, kind):
    [(start, end, found, told)] = numbers_in(f"联系{text}。")
    assert (found, told, f"联系{text}。"[start:end]) == (digits, kind, text)


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-02 2025-03-04", "总额1380000123元", "1361234.5678万元", "渝府发〔2025〕12号", "2024.12.31—2025.1.2", "1,361,234,567",
        "统一社会信用代码91500107MA5U12345X", "第1栋楼", "共3栋12间", "12345热线", "COVID-19", "GB/T 9704-2012", "13-14-15-16-17", "占比98.5%",
        "2025010112345", "5号楼", "渝AB", "1000-2000", "3单元",
    ],
)  # fmt: skip
def test_figures_of_a_report_are_none(text):
    assert numbers_in(text) == []


def test_the_country_s_code_is_no_part_of_a_phone_number():
    assert [phone_digits(text) for text in ("+86 136 1234 5678", "008613612345678", "8613612345678", "86123")] == [
        MOBILE, MOBILE, MOBILE, "86123",
    ]  # fmt: skip
