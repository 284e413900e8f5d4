"""`fazhi check`: every figure of an edited draft held against the ledgers."""

from pathlib import Path

from fazhi.checking.answering.answer import as_json, lines
from fazhi.checking.answering.page import write_answer
from fazhi.checking.check import check_draft
from fazhi.town_year import open_year
from fazhi.workspace.paths import latest_year, place


def check_command(folder: Path | None, draft: Path, year: int | None, out: Path | None, *, as_data: bool) -> int:
    """Print the answer and write it beside the year's results: 0 nothing wrong, 1 something wrong or doubtful."""
    workspace = place(folder)
    town = open_year(latest_year(workspace, year), workspace.root)
    answer = check_draft(town, draft)
    written = write_answer(answer, draft, out or town.processed / "check")
    if as_data:
        print(as_json(answer), end="")
    else:
        if draft.suffix.lower() == ".docx" and not any(path.suffix == ".docx" for path in written):
            print("没有写入 Word 批注：文件带宏或者缺少部件，请在 Word 中另存为 .docx 后再核对。")
        print(*lines(answer), f"核对结果：{'、'.join(path.name for path in written)}，在 {written[0].parent}", sep="\n")
    return 1 if answer.is_wrong else 0
