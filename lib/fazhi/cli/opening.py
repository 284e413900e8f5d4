"""`fazhi open`: the files of a year in the program that the computer opens them with."""

import json
import os
import subprocess
import sys
from pathlib import Path

from fazhi.errors import LedgerError
from fazhi.workspace.paths import latest_year, place

OPENED = {
    "report": "report.html",
    "trends": "trends.html",
    "appendix": "appendix.xlsx",
    "returned": "returned",
    "draft": "report.docx",
}


def open_command(folder: Path | None, year: int | None, what: str, *, as_json: bool = False) -> int:
    """Open a document or a folder of results, and say which. Raises LedgerError where it has not been made."""
    workspace = place(folder)
    year = latest_year(workspace, year)
    path = workspace.processed(year) / OPENED[what]
    if not path.exists():
        raise LedgerError(f"还没有 {path}。请先运行 fazhi run {year}。")
    print(json.dumps({"path": str(path)}, ensure_ascii=False) if as_json else path)
    if sys.platform == "win32":
        os.startfile(path)
        return 0
    try:
        program = "open" if sys.platform == "darwin" else "xdg-open"
        opened = not subprocess.call([program, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        opened = False
    if not opened:
        print("这台电脑没有打开文件的程序，请自行打开上面的文件。", file=sys.stderr)
    return 0 if opened else 2
