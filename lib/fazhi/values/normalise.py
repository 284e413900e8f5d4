"""What is written in a cell, before anyone says what it means: plain text, marks for nothing, why it is no number."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

_PUNCTUATION = re.compile(r"""[\s"'“”‘’「」『』《》<>()\[\]【】{}〔〕.,，。、:：;；!！?？·•*#_\-—–~…/\\|+]+""")
_VARIANTS = str.maketrans("它她帐象佔糾紛調見鎮區級處業員會議環", "他他账像占纠纷调见镇区级处业员会议环")


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """The text without what carries no meaning: width, case, spaces, punctuation, old forms of characters.

    >>> bare("调解 台帐（2025）：")
    '调解台账2025'
    """
    plain = _PUNCTUATION.sub("", compact(text)).translate(_VARIANTS)
    return unicodedata.normalize("NFC", plain)  # an accent behind a punctuation mark may compose now


_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters to Unicode, blanks to the eye
_INVISIBLE = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # variation selectors

_DITTO = frozenset(
    [
        *("同上", "同前", "上同", "同上行", "“同上”", '"同上"', "(同上)"),
        *("〃", "〃〃", "″", "″″", "′′", '"', "''", "”", "“", "“”", "〞", "〝", "’’", "-〃-"),
    ]
)


def normalise(cell: Any) -> str:
    r"""The cell as one line of plain text: NFKC, invisible characters gone, white space single.

    Parameters
    ----------
    cell
        What a sheet holds: text, number, truth value, date, time, nothing.

    Returns
    -------
    str
        "" for None and for what cannot be read (an error value); numbers as a sheet shows them, dates as ISO.

    >>> normalise("　Ａ１\u3000 起 "), normalise(3.0), normalise(None)
    ('A1 起', '3', '')
    """
    if isinstance(cell, str):
        return cell if cell.isascii() and cell.isprintable() and " " not in cell else _plain(cell)
    if cell is None or unreadable(cell):
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float | Decimal):
        return _number_text(cell)
    return str(cell)


@lru_cache(maxsize=1 << 16)  # ledgers repeat themselves, and each cell is looked at several times
def _plain(text: str) -> str:
    if not (text.isprintable() and unicodedata.is_normalized("NFKC", text)) or _hides_something(text):
        text = _visible(unicodedata.normalize("NFKC", _visible(text)))
        text = unicodedata.normalize("NFKC", text)  # what stood apart may compose now
    return " ".join(text.split())


def _hides_something(text: str) -> bool:
    return _INVISIBLE.search(text) is not None or not _FILLERS.isdisjoint(text)


def _visible(text: str) -> str:
    return "".join(" " if char.isspace() or char in _FILLERS else char for char in text if not _is_invisible(char))


def _is_invisible(char: str) -> bool:
    if char.isspace():
        return False
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") or _INVISIBLE.match(char) is not None


def _number_text(number: float | Decimal) -> str:
    value = exact(number)
    if value.is_finite() and value.adjusted() < 18 and value == value.to_integral_value():
        return str(int(value))
    return str(number)


def compact(text: Any) -> str:
    """The key by which titles, vocabulary and names are compared: normalised, no white space, case folded.

    >>> compact("其 他ＡＢ")
    '其他ab'
    """
    plain = normalise(text)
    return plain.lower() if plain.isascii() and " " not in plain else _compact(plain)


@lru_cache(maxsize=1 << 16)
def _compact(text: str) -> str:
    folded = _plain(text.casefold()).casefold()
    return unicodedata.normalize("NFKC", folded.replace(" ", ""))  # an accent that stood apart may compose now


@lru_cache(maxsize=4096)
def is_ditto(text: str) -> bool:
    """同上 and its marks: the value above."""
    return compact(text) in _DITTO or text.strip() in _DITTO


def is_blank(cell: object) -> bool:
    """True for nothing, and for text that shows nothing."""
    if not isinstance(cell, str):
        return cell is None
    return not ("一" <= cell[:1] <= "龥" or "!" <= cell[:1] <= "~" or normalise(cell))  # the first: nearly all cells


def unreadable(cell: Any) -> bool:
    """True for anything but the kinds a sheet can hold: an error value, a formula without a result, bytes."""
    return not isinstance(cell, str | int | float | Decimal | date | time | timedelta | None)


def exact(number: float | Decimal) -> Decimal:
    """The decimal a number cell shows: Excel keeps 15 significant digits, the rest of a float is noise."""
    return Decimal(f"{number:.15g}") if isinstance(number, float) else Decimal(number)
