"""Numbers and addresses that name someone by their shape alone, however they are written: apart, with +86, in brackets.

A number is compared by its digits; what is masked is all that was written. Identity numbers: GB 11643-1999, known by the birth
date in them; their check digit is not asked for, as one that is mistyped still names someone. Bank cards: by Luhn's check.
"""

import re
from collections.abc import Iterator

Found = tuple[int, int, str, str]  # where it stands in the text, its digits (or the text itself), its kind

_DAY = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(
    rf"(?<!\d)[1-9]\d{{5}}{_DAY}\d{{3}}[\dXx](?!\d)|(?<!\d)[1-9]\d{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}(?!\d)"
)
_MOBILE = r"1[3-9]\d"
_PHONE = re.compile(
    rf"(?<![\d.])(?:\+?(?:00)?86[ -]?)?(?:{_MOBILE}[ -]?\d{{4}}[ -]?\d{{4}}|{_MOBILE}([ .-])\d{{3}}\1\d{{5}}"
    rf"|{_MOBILE}\.\d{{4}}\.\d{{4}}|{_MOBILE}\d{{4}}[ -]\d{{4}}|{_MOBILE}[ -]\d{{8}})(?![\d.])"
    r"|(?<![\d.])(?:\(0\d{2,3}\) ?|0\d{2,3}[ -])\d{7,8}(?![\d.])|(?<![\d.])0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}(?![\d.])"
)
# An identity number or a card in groups of two digits or more.
_GROUPS = re.compile(r"(?<![\d.])\d{2,8}(?:[ -]\d{2,8}){1,8}[Xx]?(?![\d.])")
_CARD = re.compile(r"(?<!\d)[3-6]\d{15,18}(?!\d)")
# Every number that is masked in the middle (138****1234) or given by its end (尾号1234) is somebody's.
_MASKED = re.compile(r"\d{3,}(?:[*✱×•●·]{3,}|[Xx]{3,})\d{2,}[Xx]?|尾号[^\d\n]{0,3}\d{3,}")
_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"  # GA 36-2018
_OTHER = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII), "e-mail"),
    (re.compile(rf"{_PROVINCE}[A-HJ-NP-Z][·• ]?(?:[A-HJ-NP-Z\d]{{5,6}}|[A-HJ-NP-Z\d]{{4}}[学警港澳挂])(?![A-Z\d])", re.IGNORECASE), "plate"),
    (re.compile(r"(?:\d+ ?(?:[栋幢座]|号楼) ?(?:\d+ ?单元 ?)?\d{1,2}[-—]?\d{1,3}(?:室|号|户)?|\d+单元 ?\d{3,4}(?:室|号|户)?)(?!\d|[栋幢间层套])"), "address"),
)  # fmt: skip
_MAYBE = re.compile(rf"\d{{7}}|\d[ .)\-]\d|\d\) ?\d|[*✱×•●·Xx]{{3}}|尾号|@|{_PROVINCE}[A-Za-z]|[栋幢座元楼]")


def numbers_in(text: str) -> list[Found]:
    """Where numbers that name someone stand in `text`, which is folded (NFKC): digits and kind; "" for masked and others."""
    return list(_found(text)) if _MAYBE.search(text) else []


def is_masked(text: str) -> bool:
    """Whether a number that somebody masked stands in the text."""
    return _MASKED.search(text) is not None


def _found(text: str) -> Iterator[Found]:
    for match in _IDENTITY.finditer(text):
        yield (*match.span(), match[0].lower(), "identity")
    for match in _PHONE.finditer(text):
        yield (*match.span(), phone_digits(match[0]), "phone")
    for match in _GROUPS.finditer(text):
        digits = re.sub("[ -]", "", match[0]).lower()
        if _IDENTITY.fullmatch(digits) and len(digits) == 18:
            yield (*match.span(), digits, "identity")
        elif 16 <= len(digits) <= 19 and digits.isdigit() and _is_card(digits):
            yield (*match.span(), digits, "card")
    for match in _CARD.finditer(text):
        if _is_card(match[0]):
            yield (*match.span(), match[0], "card")
    for match in _MASKED.finditer(text):
        yield (*match.span(), "", "masked")
    for pattern, kind in _OTHER:
        for match in pattern.finditer(text):
            yield (*match.span(), "", kind)


def phone_digits(text: str) -> str:
    """A phone number's digits without the country's code."""
    digits = re.sub(r"\D", "", text)
    return re.sub(r"^(?:00)?86(?=1[3-9]\d{9}$)", "", digits)


def _is_card(digits: str) -> bool:
    """Luhn's check, of a number that begins as bank cards do."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits), 1)]
    return digits[0] in "3456" and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
