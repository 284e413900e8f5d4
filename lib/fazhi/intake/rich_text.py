"""Text of shared strings, inline strings and comments of an xlsx file, and whether all of it is struck through."""

import re

_FALSE = ("0", "false", "none", "nostrike")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Text with `_x000D_` and the like made the characters they stand for (ST_Xstring)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class RichText:
    """Collects one `<si>`, `<is>` or `<comment>` element from its parser events (local names)."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._runs: list[bool | None] = []
        self._run: bool | None = None
        self._in_run = self._in_properties = self._in_text = False
        self._phonetic = 0

    def start(self, local: str, attributes: dict[str, str]) -> None:
        if local == "t":
            self._in_text = self._phonetic == 0
        elif local == "r":
            self._in_run, self._run = True, None
        elif local == "rPr":
            self._in_properties, self._run = True, False
        elif local == "strike" and self._in_properties:
            self._run = is_on(attributes)
        elif local == "rPh":
            self._phonetic += 1

    def end(self, local: str) -> None:
        if local == "t":
            self._in_text = False
        elif local == "r":
            self._in_run = False
        elif local == "rPr":
            self._in_properties = False
        elif local == "rPh":
            self._phonetic -= 1

    def characters(self, text: str) -> None:
        if not self._in_text:
            return
        self._texts.append(text)
        if text.strip():
            self._runs.append(self._run if self._in_run else None)

    def text(self) -> str:
        """The whole text; phonetic hints are no part of it."""
        return "".join(self._texts)

    def struck(self) -> bool | None:
        """True or False where the runs say so; None where the cell's own font decides."""
        if False in self._runs:
            return False
        return True if self._runs and all(self._runs) else None


def is_on(attributes: dict[str, str]) -> bool:
    """The value of an on/off element such as `<strike/>`: on unless `val` says otherwise."""
    value = next((value for name, value in attributes.items() if local_name(name) == "val"), "1")
    return value.lower() not in _FALSE


def local_name(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]
