"""What a form makes of cells: a piece of one, the sum of several, whether a text is one of those wanted."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from fazhi.dictionary.form import Piece
from fazhi.intake import Cell
from fazhi.values.closed_lists import Villages, Vocabulary
from fazhi.values.counts import parse_number
from fazhi.values.normalise import bare, compact, normalise
from fazhi.values.parsed import is_nothing
from fazhi.values.yes_no import parse_bool

_NEGATED = re.compile(r"[未不没无否非免拟]|待|正在|计划|预计|×|中$")
_NOTHING_FOUND = re.compile(
    r"(?:均?未|没有?|无)(?:发现|查出|存在)?(?:任何|明显|重大|安全|消防|其他)*(?:问题|隐患|异常|情况)?"
)
_OURS = "本镇"


def matches(text: str, wanted: Sequence[str], town: str) -> bool:
    """Whether a text is one of those wanted: `*` stands for anything, 本镇 for whatever holds the town's name."""
    return any(_pattern(one, town).fullmatch(compact(text)) for one in wanted)


@lru_cache(maxsize=1024)
def _pattern(wanted: str, town: str) -> re.Pattern[str]:
    if wanted == _OURS:
        own = re.sub(r"(?:人民政府|街道办事处|镇|乡|街道)$", "", town) or town
        return re.compile(rf".*{re.escape(own)}.*|[本我][镇乡]|本街道")
    return re.compile(".*".join(re.escape(compact(piece)) for piece in wanted.split("*")))


def said_yes(cell: Cell, wanted: Sequence[str]) -> bool:
    """Whether 是 is wanted and the cell says so in any way."""
    return "是" in wanted and parse_bool(cell).value is True


def says_nothing(text: str) -> bool:
    """Whether a text stands for nothing: empty, a stroke, 无, 未发现隐患."""
    return not text or is_nothing(text) or _NOTHING_FOUND.fullmatch(compact(text)) is not None


def says_no(text: str) -> bool:
    """Whether a text denies, or speaks of what is still to be done."""
    return parse_bool(text).value is False or bool(_NEGATED.search(text))


def a_piece(cell: Cell, piece: Piece, known: Villages | Vocabulary | None) -> Cell:
    """The piece of a text that is meant; the whole where there is no such piece, or no single known name in it."""
    if not isinstance(cell, str):
        return cell
    if piece.split:
        parts = [part.strip() for part in normalise(cell).split(normalise(piece.split))]
        at = piece.at - 1 if piece.at > 0 else piece.at
        return parts[at] if -len(parts) <= at < len(parts) and len(parts) > 1 else cell
    if known is None or known.certain(cell) is not None:
        return cell
    return name_within(cell, known) or cell


def name_within(text: str, known: Villages | Vocabulary) -> str | None:
    """The one known name that stands in a text; None where none or several do, or a vocabulary's may be denied."""
    plain = bare(text)
    if isinstance(known, Villages):
        spellings = {bare(name): name for name in known.names}
    else:
        spellings = {} if _NEGATED.search(text) else dict(known.exact)
    found = [spelling for spelling in spellings if len(spelling) > 1 and spelling in plain]
    longest = [one for one in found if not any(one != other and one in other for other in found)]
    meant = {spellings[one] for one in longest}
    return meant.pop() if len(meant) == 1 else None


def added(cells: Sequence[Cell]) -> Cell:
    """The sum of numbers, empty ones nought; blank where all are; the texts together, to be told as unreadable, where one is no number."""
    if all(cell in (None, "") for cell in cells):
        return None
    numbers = [Decimal(0) if cell in (None, "") else parse_number(cell).value or _nought(cell) for cell in cells]
    if any(number is None for number in numbers):
        return "、".join(normalise(cell) for cell in cells)
    total = sum((Decimal(str(number)) for number in numbers), Decimal(0))
    return int(total) if total == total.to_integral_value() else float(total)


def _nought(cell: Cell) -> Decimal | None:
    parsed = parse_number(cell)
    return Decimal(0) if parsed.problem is None else None


def listed_there(cell: Cell, words: Sequence[str], all_words: Sequence[str]) -> Cell:
    """是 where one of the words stands in the list, 否 where the list names others only; what is neither stays as it is written."""
    text = compact(cell) if isinstance(cell, str) else ""
    if not text or not any(word in text for word in all_words):
        return cell
    for word in words:
        if word in text:
            denied = re.search(rf"[未不没无免非][^、,;，；。+]{{0,4}}{re.escape(word)}", text)
            return text if denied else "是"
    return "否"
