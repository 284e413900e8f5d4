"""Numbers that name someone by their shape alone, however they are written: in groups, with +86, in brackets, in Chinese.

A number is compared by its digits; what is masked is all that was written. Identity numbers: GB 11643-1999, known by the birth
date in them; their check digit is asked for only where they are written in an odd way, as one that is mistyped still names
someone. Bank cards: by Luhn's check, or as UnionPay's begin. Groups that could be a figure, a range or a date are left alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from fazhi.privacy.contact_shapes import contacts_in

Found = tuple[
    int, int, str, str
]  # where it stands in the text, its digits (or "" where they are no number's), its kind

_DASHES = "‐‑‒–—―−~-"  # the last one is to stand last in a class
_GAP = rf"[ ·•.,/_()\n{_DASHES}]"
# Eleven digits or more with at most three such characters between two of them.
_CLUSTER = re.compile(rf"\d(?:{_GAP}{{0,3}}+\d){{10,}}+")
_RUN = re.compile(r"\d+")
_CHINESE = re.compile("[〇零○一二三四五六七八九幺]{11,19}")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九幺", "0001234567891")

_DAY = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY_15 = r"[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
_IDENTITY = re.compile(rf"[1-9]\d{{5}}{_DAY}\d{{3}}[\dx]|{_IDENTITY_15}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"(?:0|(?:00)?86)?(1[3-9]\d{9})")
_MOBILE_LINE = re.compile(r"(?:^|\n)1[3-9][0-9]{9}(?=\n|\Z)")
_LINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}")
_COUNTRY = ("86", "0086")

# The sizes of a number's groups, and what may stand between them.
_MOBILE_GROUPS = {(3, 4, 4), (3, 3, 5), (4, 3, 4), (3, 5, 3), (4, 4, 3), (1,) * 11}
_HALVES = {(3, 8), (7, 4)}
_LINE_GROUPS = {(area, *rest) for area in (3, 4) for rest in ((7,), (8,), (4, 4), (3, 4), (4, 3))}
_CARD_GROUPS = re.compile(r"4(?:,4){3}(?:,[123])?|6,1[0-3]|\d+")
_PLAIN_GAP = re.compile(rf"[ ·•)({_DASHES}]+")
_ANNOUNCED = re.compile(r"(?:电话|手机|号码|联系|致电|tel)[^\d\n]{0,6}$", re.IGNORECASE)
_SHORTEST, _LONGEST = 11, 19
# What the digits of a number can be, with 86 before them or without their last, an X.
_POSSIBLE = re.compile(
    rf"(?:0|(?:00)?86)?1[3-9]\d{{9}}|(?:0|86)[1-9]\d{{8,10}}|[1-9]\d{{5}}{_DAY}\d{{3,4}}|{_IDENTITY_15}|[3-6]\d{{15,18}}"
)

# Every number that is masked in the middle (138****1234) or given by its end (尾号1234) is somebody's.
_MASKED = re.compile(r"\d{3,}(?:[*✱×•●·]{3,}|[Xx]{3,})\d{2,}[Xx]?|尾号[^\d\n]{0,3}\d{3,}")
_MAYBE_MASKED = re.compile("[*✱×•●·Xx尾](?:(?<!尾)[*✱×•●·Xx]{2}|(?<=尾)号)")
_BEFORE_PHONE = re.compile(r"(?:\(?\+?86\)?[ -]?|[+(]{1,2})$")
_EXTENSION = re.compile(r" ?(?:-|转接?|分机) ?\d{1,6}(?!\d)")


def numbers_in(text: str) -> list[Found]:
    """Where numbers that name someone stand in `text`, which is folded (NFKC): digits and kind; "" for masked and others."""
    found = [one for match in _CLUSTER.finditer(text) for one in _in_cluster(text, *match.span())]
    found += [one for match in _CHINESE.finditer(text) for one in _in_chinese(match)]
    if _MAYBE_MASKED.search(text):
        found += [(*match.span(), "", "masked") for match in _MASKED.finditer(text)]
    return found + contacts_in(text)


def is_masked(text: str) -> bool:
    """Whether a number that somebody masked stands in the text."""
    return _MAYBE_MASKED.search(text) is not None and _MASKED.search(text) is not None


def phone_digits(text: str) -> str:
    """A phone number's digits without the country's code."""
    digits = re.sub(r"\D", "", text)
    return re.sub(r"^(?:00)?86(?=1[3-9]\d{9}$)", "", digits)


def _in_chinese(match: re.Match[str]) -> Iterator[Found]:
    digits = match[0].translate(_CHINESE_DIGITS)
    if found_number := _judged(digits, (len(digits),), (), announced=False):
        yield (*match.span(), *found_number)


def _in_cluster(text: str, start: int, end: int) -> Iterator[Found]:
    """The numbers among the groups of digits from `start` to `end`: the longest first, from the left."""
    if end - start == _SHORTEST and _MOBILE_LINE.match(text, max(0, start - 1)):  # a column of phones, a line each
        yield (start, end, text[start:end], "phone")
        return
    groups = [match.span() for match in _RUN.finditer(text, start, end)]
    digits = "".join(text[a:b] for a, b in groups)
    before = [0, *accumulate(b - a for a, b in groups)]
    at = 0
    while at < len(groups):
        found_number, stop = None, bisect_right(before, before[at] + _LONGEST) - 1
        while found_number is None and before[stop] - before[at] >= _SHORTEST:
            if _POSSIBLE.fullmatch(digits, before[at], before[stop]):
                found_number = _window(text, groups[at:stop])
            stop -= 1
        if found_number:
            yield found_number
        at = stop + 1 if found_number else at + 1


def _window(text: str, groups: Sequence[tuple[int, int]]) -> Found | None:
    """The number that just these groups make."""
    start, end = groups[0][0], groups[-1][1]
    if _is_fraction(text, start, end):
        return None
    digits = "".join(text[a:b] for a, b in groups)
    if len(digits) == 17 and text[end : end + 1] in tuple("xX×хХ"):
        digits, end = digits + "x", end + 1
    if text[start - 1 : start] == "+" and digits[:2] == "86" and _LINE.fullmatch("0" + digits[2:]):
        return (start - 1, end, "0" + digits[2:], "phone")
    sizes = tuple(b - a for a, b in groups)
    gaps = [text[one[1] : other[0]] for one, other in pairwise(groups)]
    found_number = _judged(digits, sizes, gaps, announced=bool(_ANNOUNCED.search(text, max(0, start - 12), start)))
    return (*_span(text, start, end, found_number[1]), *found_number) if found_number else None


def _span(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """What was written of it: also the brackets, the country's code and the extension of a phone."""
    if kind != "phone":
        return start, end
    before, extension = _BEFORE_PHONE.search(text, max(0, start - 8), start), _EXTENSION.match(text, end)
    return before.start() if before else start, extension.end() if extension else end


def _is_fraction(text: str, start: int, end: int) -> bool:
    """Whether the digits go on before or behind a point: 0.13612345678, 13612345678.00."""
    return bool(re.search(r"\d\.$", text[max(0, start - 2) : start]) or re.match(r"\.\d", text[end : end + 2]))


def _judged(digits: str, sizes: tuple[int, ...], gaps: Sequence[str], *, announced: bool) -> tuple[str, str] | None:
    """Digits and kind of a number of these groups; None for other figures. `told`: a word before it says that it is a phone."""
    plain = all(_PLAIN_GAP.fullmatch(gap) for gap in gaps)
    if _IDENTITY.fullmatch(digits) and _may_be_identity(digits, sizes, plain=plain):
        return digits, "identity"
    if phone := _phone(digits, sizes, gaps, announced=announced):
        return phone, "phone"
    if plain and 16 <= len(digits) <= 19 and len(sizes) < 8 and _is_card(digits, sizes):
        return digits, "card"
    return None


def _phone(digits: str, sizes: tuple[int, ...], gaps: Sequence[str], *, announced: bool) -> str:
    mobile = _MOBILE.fullmatch(digits)
    if len(sizes) > 1 and str(digits[: sizes[0]]) in _COUNTRY:
        sizes, gaps = sizes[1:], gaps[1:]
    if mobile and (announced or len(sizes) == 1 or _grouped(sizes, gaps)):
        return mobile[1]
    if _LINE.fullmatch(digits) and (not gaps or (sizes in _LINE_GROUPS and "," not in "".join(gaps))):
        return digits
    return ""


def _grouped(sizes: tuple[int, ...], gaps: Sequence[str]) -> bool:
    between = "".join(gaps)
    if "," in between:
        return sizes == (3, 4, 4)
    if "." in between:
        return sizes in _MOBILE_GROUPS and set(between) == {"."}
    return sizes in _MOBILE_GROUPS or (sizes in _HALVES and "/" not in between)


def _may_be_identity(digits: str, sizes: tuple[int, ...], *, plain: bool) -> bool:
    if len(digits) == 15:
        return sizes in ((15,), (6, 6, 3))
    return len(sizes) == 1 or plain or sizes in ((6, 8, 4), (6, 8, 3)) or _is_checked(digits)


def _is_checked(digits: str) -> bool:
    """The check digit of ISO 7064 MOD 11-2."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return "10x98765432"[rest] == digits[17]


def _is_card(digits: str, sizes: tuple[int, ...]) -> bool:
    """Luhn's check, of a number that begins as bank cards do; one of UnionPay's in its usual groups may be mistyped."""
    if digits[:2] == "62" and _CARD_GROUPS.fullmatch(",".join(map(str, sizes))):
        return True
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits), 1)]
    return digits[0] in "3456" and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
