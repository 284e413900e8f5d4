"""What the styles of a SpreadsheetML file say of what is shown: number format, struck font, background."""

from collections.abc import Mapping
from dataclasses import dataclass

StyleProperties = dict[str, str]

# Formats by Excel's own names; in a Chinese Excel "Currency" shows ¥ and dates begin with the year.
_NAMED = {
    "General Number": "General", "General Date": "yyyy/m/d h:mm", "Long Date": "yyyy年m月d日", "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy/m/d", "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm", "Currency": "#,##0.00",
    "Euro Currency": "[$€-2]#,##0.00", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Yes/No": '"Yes";"Yes";"No"', "True/False": '"True";"True";"False"', "On/Off": '"On";"On";"Off"',
}  # fmt: skip
_DEFAULT = "Default"


@dataclass(frozen=True)
class Look:
    """What a style makes of a cell: its number format, whether its text is struck through, its background (RRGGBB or "")."""

    code: str = "General"
    struck: bool = False
    fill: str = ""


def properties_of(local: str, attributes: Mapping[str, str]) -> StyleProperties:
    """What one element of a style (names without prefixes) says; nothing of most."""
    if local == "Style":
        return {"parent": attributes.get("Parent", _DEFAULT)}
    if local == "NumberFormat":
        return {"code": attributes.get("Format", "General")}
    if local == "Font":
        return {"struck": attributes.get("StrikeThrough", "0")}
    if local == "Interior":
        has_colour = attributes.get("Pattern", "None") != "None"
        return {"fill": attributes.get("Color", "").lstrip("#").upper() if has_colour else ""}
    return {}


def looks(styles: Mapping[str, StyleProperties]) -> dict[str, Look]:
    """The look of each style by its ID, with what its parents say: every style's last one is that of the workbook."""
    return {name: _look(name, styles) for name in {*styles, _DEFAULT}}


def _look(name: str, styles: Mapping[str, StyleProperties]) -> Look:
    said: StyleProperties = {}
    passed: set[str] = set()
    while name in styles and name not in passed:
        passed.add(name)
        said = {**styles[name], **said}
        name = styles[name].get("parent", _DEFAULT)
    code, fill = said.get("code", "General"), said.get("fill", "")
    return Look(_NAMED.get(code, code), said.get("struck") == "1", fill if fill != "FFFFFF" else "")
