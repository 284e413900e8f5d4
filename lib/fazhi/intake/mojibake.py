"""Text that was decoded by another code page than it is in, because the file names a wrong one: told, as its words mean nothing."""

from collections.abc import Iterator
from itertools import islice

from fazhi.intake.model import Finding, RawSheet, Rows, column_letters
from fazhi.intake.text_decoding import is_common_chinese

# Read as → in truth: Chinese shown as Latin letters (ÐÐÕþ, è¡Œ), UTF-8 shown as rare characters (琛屾斂).
_WESTERN = ("latin", "mac_roman", "cp437", "cp1250", "cp1251")
_MISTAKES = (("gb18030", "utf-8"), *((read_as, truly) for read_as in _WESTERN for truly in ("gb18030", "utf-8")))
_MINIMUM = 3  # letters beyond ASCII: 联通 alone is both; and a single cell may be a foreign word
_ROWS = 300  # a wrong code page garbles the titles and first rows like the rest


def garbled_texts(sheets: list[RawSheet]) -> list[Finding]:
    """One warning for each sheet with text that only makes sense in another encoding."""
    return [finding for sheet in sheets for finding in _of_sheet(sheet)]


def _of_sheet(sheet: RawSheet) -> Iterator[Finding]:
    places = list(_garbled(sheet.rows))
    if len(places) > 1:
        row, column = places[0]
        found = f"有 {len(places)} 个单元格的文字是乱码，文件声明的文字编码不对"
        advice = "请在原系统中重新导出，或用 Excel、WPS 打开确认文字正常后另存为 .xlsx 重新提交"
        yield Finding("warning", sheet.name, row, column_letters(column), found, "应为中文", advice)


def _garbled(rows: Rows) -> Iterator[tuple[int, int]]:
    """Places (row from 1, column from 0) of garbled texts in the first rows."""
    known: dict[str, bool] = {}
    for number, row in enumerate(islice(rows, _ROWS), 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and not cell.isascii():
                if cell not in known:
                    known[cell] = any(_is_in(cell, *mistake) for mistake in _MISTAKES)
                if known[cell]:
                    yield number, column


def _is_in(text: str, read_as: str, truly: str) -> bool:
    """Whether the bytes of the text, as it was read, are common Chinese in another encoding."""
    if sum(char > "\x7f" for char in text) < _MINIMUM:
        return False
    try:
        data = _latin(text) if read_as == "latin" else text.encode(read_as)
        return is_common_chinese(data.decode(truly))
    except UnicodeError:
        return False


def _latin(text: str) -> bytes:
    """Bytes of Windows' Latin set, the five that it leaves open as the controls they are read as."""
    return b"".join(char.encode("latin-1" if char < "\xa0" else "cp1252") for char in text)
