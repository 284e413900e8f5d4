"""Text as it may be printed: characters that show something, on one line."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator

UNREADABLE = "□"  # stands where a control character or half of a surrogate pair stood; every Chinese font has it

_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # ask for a variant of the character before


def plain(text: Any) -> Any:
    """A string of printable characters on one line: control characters and lone surrogates become □.

    Line breaks and tabs become one space. Invisible characters (zero width, direction marks, variation selectors) are left
    out: they show nothing and can only turn a line around or hide in a word. Anything but a string is returned as it is.
    """
    if not isinstance(text, str):
        return text
    text = _SELECTORS.sub("", text)
    if text.isprintable():
        return text
    return "".join(map(_printable, " ".join(text.splitlines())))


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category.startswith("Z") or character == "\t":
        return character if character in "\u3000\u00a0" else " "
    return UNREADABLE if category in ("Cc", "Cs", "Cn") else character


Text = Annotated[str, BeforeValidator(plain)]
