"""Whether an office has said on a sheet that there is nothing to report, or has sent the empty form."""

import re

from fazhi.intake import RawSheet
from fazhi.recognition.headers import Table, text_at
from fazhi.values.parsed import is_nothing

_NONE = re.compile(
    r"零报告|零上报|^(?:本|全|今|\d{4})[^,，。;；]{0,12}(?:没有|[无未])|^无[^,，。;；]{0,12}(?:记录|情况|事项|发生|数据|内容)$"
)


def says_none(table: Table) -> bool:
    """Whether a cell below the header says 无 (or a stroke), or a text anywhere on the sheet that there was nothing."""
    sheet = table.sheet
    return any(_says_none(sheet, row, below=row >= table.first_data_row) for row in range(len(sheet.rows)))


def _says_none(sheet: RawSheet, row: int, *, below: bool) -> bool:
    texts = [text for column in range(len(sheet.rows[row])) if (text := text_at(sheet, row, column))]
    return any(_NONE.search(text) or (below and is_nothing(text)) for text in texts)
