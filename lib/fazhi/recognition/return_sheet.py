"""The first sheet of a workbook that went back to its office, known again when the mended workbook comes in."""

from fazhi.intake import RawSheet
from fazhi.recognition.headers import text_at
from fazhi.values.normalise import normalise

TITLE = "须更正事项"
MARK = "本页由台账检查程序生成，列出本工作簿中须更正、请核实的地方；报回时不必删去。"
ORIGINAL = "原文件："
LEADS = {"error": "〔须更正〕", "warning": "〔请核实〕"}  # how the comments begin


def is_return_sheet(sheet: RawSheet) -> bool:
    """Whether the sheet is the list that was put before the office's own sheets."""
    return text_at(sheet, 0, 0) == TITLE and text_at(sheet, 1, 0) == normalise(MARK)


def original_of(sheet: RawSheet) -> str:
    """The path of the raw file that the workbook was made from."""
    return text_at(sheet, 2, 0).removeprefix(normalise(ORIGINAL))


def office_comments(sheet: RawSheet) -> dict[tuple[int, int], str]:
    """The comments that the office wrote, by row and column from 1: without what the check wrote in a workbook that comes back."""
    return {
        place: own
        for place, text in sorted(sheet.comments.items())
        if (own := "\n\n".join(part for part in text.split("\n\n") if not part.startswith(tuple(LEADS.values()))))
    }
