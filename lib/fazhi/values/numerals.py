"""Numbers as people write them: 35,000, 3.5万, 3万5千, 叁万伍仟, 二〇二五, 廿五.

Text comes in normalised and without white space. Nothing here guesses: 三五 (3 to 5, or 35), 三四百 and 1亿2000
have no reading.
"""

import re
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALES = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}
# Financial, traditional and older forms of one character; circles stand for 〇 in documents typed without it.
_VARIANTS = str.maketrans(
    "〇○◯壹弌贰貳弍叁參叄参弎肆伍陆陸柒捌玖拾佰仟萬億兩", "零零零一一二二二三三三三三四五六六七八九十百千万亿两"
)
_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
_PLAIN = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,20})?|\.[0-9]{1,20}")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,20})?")
_LATIN_SCALE = re.compile(r"(?<=[0-9])[wk](?![a-z])", re.IGNORECASE)


def unify(text: str) -> str:
    """One character for each numeral: 叁 → 三, 〇 → 零, 萬 → 万, 廿 → 二十, 3.5w → 3.5万, 35k → 35千."""
    text = text.translate(_VARIANTS)
    for short, long in _TENS.items():
        text = text.replace(short, long)
    return _LATIN_SCALE.sub(lambda match: "万" if match[0] in "wW" else "千", text)


def read_numeral(text: str, *, alone: bool) -> Decimal | None:
    """The number `text` writes, None where it has no reading or several.

    `alone`: no unit follows. Only then may the last place be left unsaid: 三万五 is 35000, 三万五元 is no certain sum.
    """
    return _read(unify(text), alone)


def _read(text: str, alone: bool) -> Decimal | None:
    for char, scale in _SCALES.items():
        if char in text:
            left, _, right = text.partition(char)
            return _scaled(left, scale, right, alone)
    return _unscaled(text)


def _unscaled(text: str) -> Decimal | None:
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    whole, point, fraction = text.partition("点")
    if point:
        return _pointed(whole, fraction)
    return _digit_by_digit(text)


def _pointed(whole: str, fraction: str) -> Decimal | None:
    """三点五 as 3.5."""
    before = _digit_by_digit(whole)
    if before is None or not fraction or any(char not in _DIGITS or char == "两" for char in fraction):
        return None
    return Decimal(f"{before}.{''.join(str(_DIGITS[char]) for char in fraction)}")


def _digit_by_digit(text: str) -> Decimal | None:
    """五 as 5, 三五〇 as 350. Two or three digits without 零 may be a guess (三五个, 七八人) and have no reading."""
    if len(text) == 1 and text in _DIGITS:
        return Decimal(_DIGITS[text])
    if not text or len(text) > 18 or any(char not in _DIGITS or char == "两" for char in text):
        return None
    if "零" not in text and len(text) < 4:
        return None
    return Decimal("".join(str(_DIGITS[char]) for char in text))


def _scaled(left: str, scale: int, right: str, alone: bool) -> Decimal | None:
    coefficient = _coefficient(left, scale, right)
    if coefficient is None:
        return None
    if not right:
        return coefficient * scale
    rest = _rest(right, scale, alone) if coefficient == coefficient.to_integral_value() else None
    return None if rest is None else coefficient * scale + rest


def _coefficient(left: str, scale: int, right: str) -> Decimal | None:
    """What stands before 十, 百, 千 (one digit; an Arabic number when nothing follows) or 万, 亿 (any number)."""
    if scale == 10 and not left:
        return Decimal(1)
    if scale >= 10**4:
        value = _read(left, False)
        return value if value is not None and (value < 10**4 or left[0].isdigit()) else None
    if len(left) == 1 and left not in "零0" and not (scale == 10 and left == "两"):
        return _unscaled(left)
    arabic = not right and scale > 10 and (_PLAIN.fullmatch(left) or _GROUPED.fullmatch(left))
    return _unscaled(left) if arabic else None


def _rest(right: str, scale: int, alone: bool) -> Decimal | None:
    """What stands after a scale, always less than it: 五 (colloquial 三万五), 零五, 5000 (3万5000), 五百."""
    if right[0] == "零":
        return _below(_read(right[1:], False), scale // 10)
    if right == "两" or (right[0].isdigit() and right[0] == "0" and len(right) == 1):
        return None
    if len(right) == 1 and right != "十" and scale > 10:
        digit = _unscaled(right) if alone else None
        return None if digit is None else digit * (scale // 10)
    if _PLAIN.fullmatch(right) and scale > 10:
        return Decimal(right) if _fills_places(right, scale) else None
    return _below(_read(right, alone), scale)


def _fills_places(arabic: str, scale: int) -> bool:
    """3万5000 and 3万500 leave no doubt about the places; 3万50 does."""
    places = len(str(scale)) - 1
    digits = len(arabic.partition(".")[0])
    return digits == places or (scale >= 10**4 and digits == places - 1)


def _below(value: Decimal | None, limit: int) -> Decimal | None:
    return value if value is not None and 0 < value < limit else None
