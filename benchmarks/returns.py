"""A year of monthly returns, a file a village and month, every twentieth sent again with an amended row: read, compared, counted once.

`instead` reads the files with pandas, puts them together and drops equal rows, which counts each amended row twice.
"""

import shutil
import sys
from datetime import date
from pathlib import Path

import xlsxwriter

from benchmarks.intake import KINDS, LIBRARY, TIMED, TITLES, VILLAGES
from benchmarks.measuring import Row, run

ROWS = 12  # a file
AGAIN = 20  # of so many files one is sent again
FILES = (250, 1000)
PANDAS = TIMED.format(imports="import openpyxl, pandas", body="""
files = sorted(pathlib.Path("data/raw/2025").rglob("*.xlsx"))
pandas.concat([pandas.read_excel(path, engine="openpyxl", dtype=str) for path in files]).drop_duplicates()
""")  # fmt: skip
COUNTED = """
import glob, pandas
print(len(pandas.read_parquet(glob.glob("data/processed/2025/clean/disputes.parquet")[0])))
"""


def measure(folder: Path) -> list[Row]:
    """Seconds of all processors for each number of files, and how they grow."""
    (folder / "data" / ".key").write_text("ab" * 32)
    rows, used = [], []
    for files in FILES:
        _put(folder, files)
        ours, theirs = (float(run(folder, sys.executable, "-c", script).split()[1]) for script in (LIBRARY, PANDAS))
        counted = int(run(folder, sys.executable, "-c", COUNTED))
        if counted != files * ROWS:
            raise SystemExit(f"{counted} rows of {files * ROWS} counted")
        used.append(ours / files)
        what = f"{files:,} monthly returns, {files // AGAIN} of them sent again amended: processor time"
        rows.append(Row(what, ours, "pd.read_excel (openpyxl), concat, drop_duplicates", theirs))
    return [*rows, Row("a file of 1,000 beside one of 250", used[1] / used[0], unit="times", goal="< 1.3")]


def _put(folder: Path, files: int) -> None:
    """The returns in place of all other files: every row of another day, village or pair of people."""
    raw = folder / "data" / "raw" / "2025"
    shutil.rmtree(raw)
    for number in range(files):
        office, month = divmod(number, 12)
        rows = [_row(number, n, office, month + 1) for n in range(ROWS)]
        _write(raw / f"调委会{office + 1}" / f"{month + 1}月.xlsx", rows)
        if number % AGAIN == 0:
            again = [[*rows[0][:10], 99_999, *rows[0][11:]], *rows[1:]]
            _write(raw / f"调委会{office + 1}" / f"{month + 1}月（改）.xlsx", again)


def _row(number: int, n: int, office: int, month: int) -> list[str | int]:
    day, own = date(2025, month, 1 + (n * 2 + office) % 28).isoformat(), number * ROWS + n
    people = [f"{'王李张刘陈杨黄赵'[own % 8]}{chr(0x4E10 + own // 8 % 2000)}{who}" for who in "甲乙丙"]
    return [day, VILLAGES[own % len(VILLAGES)], KINDS[own % 3], *people[:2], "", "", "来访", "成功", "书面", 100 + own, day, people[2]]  # fmt: skip


def _write(path: Path, rows: list[list[str | int]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("台账")
        for at, row in enumerate([list(TITLES), *rows]):
            sheet.write_row(at, 0, row)
