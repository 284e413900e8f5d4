"""A blank ledger for an office to fill in: titles that are read for certain, drop-downs for closed lists, a note on every cell."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from fazhi.dictionary.models import Column, Ledger, Unit

ROWS = 500  # below the titles, with drop-downs
_LONGEST_LIST = 255  # characters of an inline list, Excel's limit
_LONGEST_NOTE = 255
_WIDTHS = {"party": 28, "text": 28, "identity": 22, "uscc": 22, "persons": 18, "phone": 15}
_FORMATS = {"date": "yyyy-mm-dd", "money": "0.00", "count": "0", "number": "0.##"}


def blank_form(ledger: Ledger, unit: Unit, year: int) -> bytes:
    """The workbook for one ledger of a town's year.

    Parameters
    ----------
    ledger, unit, year
        Whose columns, villages and offices it has; the year's days are the only ones its date column takes without a question.

    Returns
    -------
    bytes
        An .xlsx with one sheet: the title, a row of column titles, `ROWS` rows to fill in. The same input gives the same bytes.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": ledger.title, "author": unit.name, "created": datetime(year, 1, 1)})
    sheet = book.add_worksheet(ledger.title[:31])
    plain = {"font_name": "宋体", "font_size": 11, "border": 1, "text_wrap": True, "valign": "vcenter"}
    sheet.write_string(
        0,
        0,
        f"{year}年{unit.name}{ledger.title}",
        book.add_format({"font_name": "宋体", "font_size": 14, "bold": True}),
    )
    header = book.add_format({**plain, "bold": True, "align": "center", "bg_color": "#F2F2F2"})
    for place, (name, column) in enumerate(ledger.columns.items()):
        cells = book.add_format({**plain, "num_format": _FORMATS.get(column.kind, "@")})
        sheet.write_string(1, place, title(column), header)
        sheet.set_column(place, place, _WIDTHS.get(column.kind, 13))
        for row in range(2, ROWS + 2):
            sheet.write_blank(row, place, None, cells)
        sheet.data_validation(2, place, ROWS + 1, place, _check(ledger, name, unit, year))
    sheet.set_row(1, 32)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def title(column: Column) -> str:
    """A column's title, with the unit of money behind it."""
    return f"{column.label}（元）" if column.kind == "money" else column.label


def _check(ledger: Ledger, name: str, unit: Unit, year: int) -> dict[str, Any]:
    """What the cells of a column take, and the note beside them."""
    column = ledger.columns[name]
    note = _note(ledger, name, unit)
    check: dict[str, Any] = {"validate": "any", "input_title": column.label[:32], "input_message": note[:_LONGEST_NOTE]}
    words = _words(column, unit)
    if words and len(",".join(words)) <= _LONGEST_LIST:
        refused = {
            "error_title": "不在表内",
            "error_message": "请从下拉表中选；确实没有合适的，选“否”后照原话填写。",
            "error_type": "warning",
        }
        return check | {"validate": "list", "source": list(words)} | refused
    if column.kind == "date":
        own = name == ledger.date_column and ledger.event_date
        first, last = (date(year, 1, 1), date(year, 12, 31)) if own else (date(2000, 1, 1), date(2099, 12, 31))
        refused = {"error_title": "日期", "error_message": f"应为{f'{year}年的' if own else ''}日期，如 {year}-03-05。"}
        return check | {"validate": "date", "criteria": "between", "minimum": first, "maximum": last} | refused
    if column.kind in ("count", "money", "number"):
        kind = "integer" if column.kind == "count" else "decimal"
        refused = {"error_title": "数字", "error_message": "应为不小于 0 的数，不带单位和文字。"}
        return check | {"validate": kind, "criteria": ">=", "value": 0} | refused
    return check


def _words(column: Column, unit: Unit) -> Sequence[str]:
    """The words that a closed column takes."""
    lists = {
        "village": unit.villages,
        "office": unit.offices,
        "boolean": ("是", "否"),
        "vocabulary": tuple(column.values),
    }
    return lists.get(column.kind, ())


def _note(ledger: Ledger, name: str, unit: Unit) -> str:
    column = ledger.columns[name]
    words = _words(column, unit)
    parts = [column.description or column.label]
    if column.kind == "date":
        parts.append("写全年月日，如 2026-03-05")
    if words:
        parts.append(f"从下拉表中选：{'、'.join(words)}")
    if column.kind == "money":
        parts.append("以元为单位，只写数字")
    elif column.unit:
        parts.append(f"单位：{column.unit}，只写数字")
    if column.kind in ("person", "persons"):
        parts.append("几个人用顿号隔开" if column.kind == "persons" else "写全名")
    if column.names_people or column.kind in ("identity", "phone"):
        parts.append("只供核对，不公布")
    parts.append("必填" if column.required or name == ledger.date_column else "没有的留空")
    return "；".join(parts) + "。"
