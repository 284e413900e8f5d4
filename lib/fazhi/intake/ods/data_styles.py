"""Number formats as OpenDocument writes them (1.3 part 3, 16.29), made codes that `number_formats` understands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = frozenset(f"{kind}-style" for kind in ("number", "currency", "percentage", "date", "time", "boolean", "text"))
_PARTS = {
    "era": "gg", "year": "yyyy", "month": "m", "day": "d", "day-of-week": "aaa", "week-of-year": "d", "quarter": "m", "hours": "h",
    "minutes": "m", "seconds": "s", "am-pm": "AM/PM", "boolean": "General", "text-content": "@", "scientific-number": "0.00E+00",
    "fraction": "# ?/?",
}  # fmt: skip
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?[0-9.]+)")
_LONGEST = 40


@dataclass
class DataStyle:
    """One data style while its elements are read: its own code, and (condition, name) of styles that take its place."""

    is_percentage: bool
    pieces: list[str] = field(default_factory=list)
    maps: list[tuple[str, str]] = field(default_factory=list)
    _number: dict[str, str] | None = None
    _embedded: dict[int, str] = field(default_factory=dict)

    def start(self, local: str, attributes: dict[str, str]) -> None:
        if local == "number":
            self._number, self._embedded = attributes, {}
        elif local == "map" and (condition := _CONDITION.fullmatch(attributes.get("condition", "").strip())):
            sign = condition[1].replace("!=", "<>")
            self.maps.append((f"[{sign}{condition[2]}]", attributes.get("apply-style-name", "")))
        elif local in _PARTS:
            self.pieces.append(_PARTS[local])

    def end(self, local: str, attributes: dict[str, str], text: str) -> None:
        """An element that ends: what it was given, and the text within it."""
        if local == "number" and self._number is not None:
            self.pieces.append(_digits(self._number, self._embedded))
            self._number = None
        elif local == "embedded-text" and (place := attributes.get("position", "")).isdecimal():
            self._embedded[min(int(place), _LONGEST)] = text
        elif local == "currency-symbol":
            self.pieces.append(f"[${text}-{attributes.get('language', '')}]")
        elif local == "text":
            signs = text.split("%") if self.is_percentage else [text]
            self.pieces.append("%".join(map(_quoted, signs)))

    def code(self, styles: Mapping[str, "DataStyle"]) -> str:
        """The whole code, a section for each condition."""
        own = "".join(self.pieces)
        sections = [condition + "".join(styles[name].pieces) for condition, name in self.maps[:3] if name in styles]
        return ";".join([*sections, own]) if sections else own or "General"


def _quoted(text: str) -> str:
    return "".join('\\"' if part == '"' else f'"{part}"' for part in re.split('(")', text) if part)


def _digits(attributes: dict[str, str], embedded: dict[int, str]) -> str:
    """`0.00,` for two decimals and a factor of a thousand; literals between digits where they stand."""
    least = max([_count(attributes.get("min-integer-digits")), 1, *(place + 1 for place in embedded)])
    whole = ""
    for place in range(least, 0, -1):
        whole += "0" + _quoted(embedded.get(place - 1, ""))
    if attributes.get("grouping") == "true" and not embedded:
        whole = "#,##" + whole
    decimals = _count(attributes.get("decimal-places"))
    factor = attributes.get("display-factor", "1").partition(".")[0]
    thousands = (len(factor) - 1) // 3 if re.fullmatch("10*", factor) else 0
    return whole + "." * bool(decimals) + "0" * decimals + "," * thousands


def _count(text: str | None) -> int:
    return min(int(text), _LONGEST) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
