"""Text of shared strings, inline strings and comments of an xlsx file, and its runs where they look different."""

import re

from fazhi.intake.runs import Run

_FALSE = ("0", "false", "none", "nostrike")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Text with `_x000D_` and the like made the characters they stand for (ST_Xstring)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class RichText:
    """Collects one `<si>`, `<is>` or `<comment>` element from its parser events (local names)."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._struck: bool | None = None
        self._level = 0
        self._in_properties = self._in_text = False
        self._phonetic = 0

    def start(self, local: str, attributes: dict[str, str]) -> None:
        if local == "t":
            self._in_text = self._phonetic == 0
        elif local == "r":
            self._struck, self._level = None, 0
        elif local == "rPr":
            self._in_properties, self._struck = True, False
        elif local == "strike" and self._in_properties:
            self._struck = is_on(attributes)
        elif local == "vertAlign" and self._in_properties:
            self._level = _LEVELS.get(_val(attributes), 0)
        elif local == "rPh":
            self._phonetic += 1

    def end(self, local: str) -> None:
        if local == "t":
            self._in_text = False
        elif local == "r":
            self._struck, self._level = None, 0
        elif local == "rPr":
            self._in_properties = False
        elif local == "rPh":
            self._phonetic -= 1

    def characters(self, text: str) -> None:
        if self._in_text:
            self.runs.append(Run(text, self._struck, self._level))

    def text(self) -> str:
        """The whole text; phonetic hints are no part of it."""
        return "".join(run.text for run in self.runs)

    def struck(self) -> bool | None:
        """True or False where the runs say so; None where the cell's own font decides."""
        visible = [run.struck for run in self.runs if run.text.strip()]
        if False in visible:
            return False
        return True if visible and all(visible) else None


_LEVELS = {"superscript": 1, "subscript": -1}


def _val(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if local_name(name) == "val"), "")


def is_on(attributes: dict[str, str]) -> bool:
    """The value of an on/off element such as `<strike/>`: on unless `val` says otherwise."""
    value = next((value for name, value in attributes.items() if local_name(name) == "val"), "1")
    return value.lower() not in _FALSE


def local_name(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]
