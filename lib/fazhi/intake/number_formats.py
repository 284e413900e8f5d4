"""What a number format makes of a cell: the unit, currency, word, percentage or scale that a person reads in it.

Most formats change no meaning (digits, thousands, ¥, dates with a year): `matters` tells the others, `shown` gives what
they show. A number keeps all its digits: how many a format shows is no meaning.
"""

import datetime
import operator
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from fazhi.intake.model import Cell, ShrunkNumber, YearlessDate

# Excel's own formats by number where a meaning lies in them; 27 to 58 as in Chinese (ECMA-376 part 1, 18.8.30).
BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日",
    32: "h时mm分", 33: "h时mm分ss秒", 34: "上午/下午h时mm分", 35: "上午/下午h时mm分ss秒", 36: "yyyy年m月", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "上午/下午h时mm分",
    56: "上午/下午h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]?|(?P<general>General|G/通用格式)'
    r"|(?P<exponent>(?<=[0#?.])E[+-])|(?P<clock>AM/PM|A/P|上午/下午)|(?P<date>[ymdhsebag]+)|(?P<digit>[0#?])|(?P<mark>[.,%;@])"
    r"|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_COMPARED = {
    "<": operator.lt, ">": operator.gt, "=": operator.eq, "<=": operator.le, ">=": operator.ge, "<>": operator.ne,
}  # fmt: skip
# Says nothing of a number: space, brackets of accountants, the yuan's sign; before it, a sign.
_SAYS_NOTHING = re.compile(r"""[\s\u3000()（）¥￥'"’]""")
_SIGNS = re.compile(r"[-+−△▲]")
_YEN = re.compile(r"-(?:ja|0*411)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Section:
    """One part of a format. `before` and `after` are the words around the number."""

    before: str = ""
    after: str = ""
    has_number: bool = False
    inner: tuple[tuple[int, str], ...] = ()  # digits to the right of it, a literal between digits
    power: int = 0  # of ten, by which the shown number is larger than the stored
    percent: bool = False
    condition: tuple[str, Decimal] | None = None
    is_date: bool = False
    has_year: bool = True
    shows_text: bool = False
    is_empty: bool = False

    @property
    def says(self) -> str:
        """The words that mean something."""
        return _SIGNS.sub("", _SAYS_NOTHING.sub("", self.before)) + _SAYS_NOTHING.sub("", self.after)

    @property
    def matters(self) -> bool:
        if self.is_date:
            return not self.has_year
        hides = not self.has_number and not self.shows_text
        return bool(self.says or self.inner or self.power or self.percent or hides)


def is_date(code: str) -> bool:
    """Whether the format shows a date or a time."""
    return _sections(code)[0].is_date


@lru_cache(maxsize=4096)
def matters(code: str) -> bool:
    """Whether the format can show something else than what is stored."""
    return any(section.matters for section in _sections(code))


def shown(cell: Cell, code: str) -> Cell:
    """What a person sees of the cell, None where the format hides it."""
    if isinstance(cell, datetime.date):
        return _shown_date(cell, code)
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return cell
    sections = _sections(code)
    if isinstance(cell, str):
        text = next((section for section in sections[3:] or sections[-1:] if section.shows_text), None)
        words = text is not None and text.says
        return f"{text.before.strip()}{cell}{text.after.strip()}" if text is not None and words else cell
    if cell != cell or abs(cell) >= 1e15 or sections[0].is_date:
        return cell
    value = Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(cell)
    return _shown_number(cell, value, _section_for(value, sections))


def _shown_number(cell: float, value: Decimal, section: _Section) -> Cell:
    if section.shows_text and not section.has_number:
        return cell
    if not section.has_number:
        return section.says or (cell if value == 0 and not section.is_empty else None)
    number = value.scaleb(section.power + 2 * section.percent)
    if not (section.says or section.inner or section.percent):
        return ShrunkNumber(number) if section.power else cell
    digits = _parted(number, section.inner) if section.inner else _plain(abs(number))
    sign = "-" if number < 0 else ""
    before, after = _SIGNS.sub("", section.before), section.after
    if number < 0 and section.before.strip()[:1] in ("(", "（"):
        before, after = re.sub("[(（]", "", before, count=1), re.sub("[)）](?=[^)）]*$)", "", after)
    return sign + before.strip() + digits + after.strip() + "%" * section.percent


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _parted(number: Decimal, inner: tuple[tuple[int, str], ...]) -> str:
    """Digits with the literals that stand between them: 20250305 in `0000"年"00"月"00"日"`."""
    digits = f"{abs(number).to_integral_value():f}".zfill(1 + max(place for place, _ in inner))
    for place, literal in sorted(inner):
        at = len(digits) - place - sum(len(text) for other, text in inner if other < place)
        digits = digits[:at] + literal + digits[at:]
    return digits


def _shown_date(cell: datetime.date, code: str) -> Cell:
    section = _sections(code)[0]
    return YearlessDate(cell.year, cell.month, cell.day) if section.is_date and not section.has_year else cell


def _section_for(value: Decimal, sections: tuple[_Section, ...]) -> _Section:
    numeric = [section for section in sections[:3] if section.has_number or not section.shows_text] or [sections[0]]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _COMPARED[section.condition[0]](value, section.condition[1]):
                return section
        return numeric[-1]
    if value < 0 and len(numeric) > 1:
        return numeric[1]
    return numeric[2] if value == 0 and len(numeric) > 2 else numeric[0]


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["mark"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_section(part) for part in parts[:4])


def _section(tokens: list[re.Match[str]]) -> _Section:
    code = "".join(token[0] for token in tokens)
    letters = "".join(token["date"] or token["clock"] or _elapsed(token) for token in tokens).lower()
    if letters and not any(token["general"] for token in tokens):
        spoken = re.sub(r'"[^"]*"?|[\\!].|\[[^\]]*\]', " ", code.lower())
        days = re.sub(r"h+[^ymdhs]*m+|m+[^ymdhs]*s+", "h", spoken)
        return _Section(is_date=True, has_year=bool(re.search("[yeg]", spoken)) or not re.search("[md]", days))
    return _number_section(tokens)


def _elapsed(token: re.Match[str]) -> str:
    return token["bracket"] if token["bracket"] and re.fullmatch("h+|m+|s+", token["bracket"], re.IGNORECASE) else ""


def _number_section(tokens: list[re.Match[str]]) -> _Section:
    numbers = [at for at, token in enumerate(tokens) if token["digit"] or token["general"]]
    first, last = (numbers[0], numbers[-1]) if numbers else (len(tokens), len(tokens))
    while last + 1 < len(tokens) and tokens[last + 1]["mark"] == ",":
        last += 1
    marks = [token["mark"] for token in tokens]
    shows_text = "@" in marks
    point = next((at for at in range(first, last + 1) if marks[at : at + 1] == ["."]), len(tokens))
    power, inner = _inner(tokens, first, last, point)
    thousands = _thousands(tokens, numbers[-1], point) if numbers else 0
    if shows_text and not numbers:
        first = last = marks.index("@")
    return _Section(
        before="".join(_literal(token) for token in tokens[:first]),
        after="".join(_literal(token) for token in tokens[last + 1 :]),
        has_number=bool(numbers),
        inner=inner,
        power=-power - 3 * thousands,
        percent="%" in marks and bool(numbers),
        condition=_condition(tokens),
        shows_text=shows_text,
        is_empty=all(token["bracket"] for token in tokens),
    )


def _thousands(tokens: list[re.Match[str]], last_digit: int, point: int) -> int:
    """Commas that divide: behind the last digit, or the last before the point."""
    count = 0
    whole = [at for at in range(min(point, len(tokens))) if tokens[at]["digit"]]
    for end in {last_digit, whole[-1] if whole else last_digit}:
        while end + 1 < len(tokens) and tokens[end + 1]["mark"] == ",":
            if end + 2 < len(tokens) and tokens[end + 2]["digit"]:
                break
            count, end = count + 1, end + 1
    return count


def _inner(tokens: list[re.Match[str]], first: int, last: int, point: int) -> tuple[int, tuple[tuple[int, str], ...]]:
    """How many digits a point drawn as a literal sets apart, and the other literals between digits."""
    found: list[tuple[int, str]] = []
    for at in range(first + 1, min(last, point)):
        if literal := _literal(tokens[at]).strip():
            right = sum(1 for token in tokens[at : min(last + 1, point)] if token["digit"])
            found.append((right, literal))
    is_fraction = any(token["bare"] == "/" for token in tokens[first:last])
    if point < len(tokens) or is_fraction or not all(right for right, _ in found):
        return 0, ()
    if len(found) == 1 and found[0][1] == ".":
        return found[0][0], ()
    return 0, tuple(found)


def _literal(token: re.Match[str]) -> str:
    if token["bracket"] and token["bracket"].startswith("$"):
        symbol = token["bracket"][1:].partition("-")[0]
        return "日元" if symbol in ("¥", "￥") and _YEN.search(token["bracket"]) else symbol
    if token["bare"] and token["bare"] in "/^":
        return ""
    return token["quoted"] or token["escaped"] or token["bare"] or ""


def _condition(tokens: list[re.Match[str]]) -> tuple[str, Decimal] | None:
    for token in tokens:
        found = _CONDITION.fullmatch(token["bracket"] or "")
        if found:
            return found[1], Decimal(found[2])
    return None
