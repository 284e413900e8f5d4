"""The look of an .xls sheet on its .xlsx copy: fonts, fills, borders, alignment, number formats, widths and heights."""

import io
from functools import lru_cache
from typing import Any

import xlrd
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

_LINES = ("thin", "medium", "dashed", "dotted", "thick", "double", "hair")
_ACROSS = ("general", "left", "center", "right", "fill", "justify", "centerContinuous", "distributed")
_DOWN = ("top", "center", "bottom", "justify", "distributed")


def copy_styles(book: Workbook, data: bytes) -> None:
    """Give the sheets of `book` the look of the .xls they were made from; one that xlrd cannot read stays plain."""
    try:
        old = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except Exception:  # xlrd raises whatever its parsing runs into; the values are there without it
        return
    style = lru_cache(maxsize=None)(lambda index: _style(old, index))
    for page, sheet in zip(book.worksheets, old.sheets(), strict=False):
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                if cell.xf_index is not None:
                    _apply(page.cell(row + 1, column + 1), style(cell.xf_index))
        _measures(page, sheet)


def _style(old: Any, index: int) -> dict[str, Any]:
    """Attributes of an openpyxl cell for one of the workbook's formats."""
    form = old.xf_list[index]
    font = old.font_list[form.font_index]
    made: dict[str, Any] = {
        "font": Font(
            name=font.name or None, size=font.height / 20 or None, bold=bool(font.bold), italic=bool(font.italic),
            strike=bool(font.struck_out), underline="single" if font.underline_type else None, color=_colour(old, font.colour_index),
        ),
        "alignment": Alignment(
            horizontal=_one_of(_ACROSS, form.alignment.hor_align), vertical=_one_of(_DOWN, form.alignment.vert_align),
            wrap_text=bool(form.alignment.text_wrapped),
        ),
        "border": Border(**{
            side: Side(_one_of(_LINES, getattr(form.border, f"{side}_line_style") - 1), color="FF000000")
            for side in ("left", "right", "top", "bottom")
            if getattr(form.border, f"{side}_line_style")
        }),
        "number_format": old.format_map[form.format_key].format_str or "General",
    }  # fmt: skip
    ground = _colour(old, form.background.pattern_colour_index)
    if form.background.fill_pattern == 1 and ground:
        made["fill"] = PatternFill("solid", fgColor=ground)
    return made


def _one_of(names: tuple[str, ...], number: int) -> str | None:
    return names[number] if 0 <= number < len(names) else names[0]


def _colour(old: Any, index: int) -> str | None:
    rgb = old.colour_map.get(index)
    return "FF{:02X}{:02X}{:02X}".format(*rgb) if rgb else None


def _apply(cell: Any, style: dict[str, Any]) -> None:
    for name, value in style.items():
        setattr(cell, name, value)


def _measures(page: Any, sheet: Any) -> None:
    for column, info in sheet.colinfo_map.items():
        if column < 256:
            wide = page.column_dimensions[get_column_letter(column + 1)]
            wide.width, wide.hidden = max(1.0, info.width / 256), bool(info.hidden)
    for row, info in sheet.rowinfo_map.items():
        if row < sheet.nrows and info.height and not info.has_default_height:
            page.row_dimensions[row + 1].height = info.height / 20
