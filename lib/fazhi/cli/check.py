"""`fazhi check`: every figure of an edited draft held against the ledgers."""

from pathlib import Path

from fazhi.checking.answer import Answer, as_json, as_page, lines, with_comments
from fazhi.checking.check import check_draft
from fazhi.town_year import open_year
from fazhi.workspace.files import write_bytes, write_text
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
        print(*lines(answer), f"核对结果：{'、'.join(path.name for path in written)}，在 {written[0].parent}", sep="\n")
    return 1 if answer.is_wrong else 0


def write_answer(answer: Answer, draft: Path, folder: Path) -> list[Path]:
    """The page, the data and, for a Word draft, the draft with comments."""
    written = [
        write_text(folder / f"{draft.stem}.核对.html", as_page(answer)),
        write_text(folder / f"{draft.stem}.核对.json", as_json(answer)),
    ]
    if draft.suffix.lower() == ".docx":
        written.insert(0, write_bytes(folder / f"{draft.stem}.核对.docx", with_comments(draft.read_bytes(), answer)))
    return written
