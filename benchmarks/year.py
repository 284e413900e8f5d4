"""The sample year by `fazhi run`, against the same notebooks run in other ways."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import FAZHI, ROOT, YEAR, Row, fazhi_year, run, timed

CLEAN = "01_clean_ledger"


def stock_commands(out: Path) -> Iterator[list[str]]:
    """The papermill command for every notebook of the year and the one before, in order, and nbconvert's own HTML."""
    notebooks = sorted(path for path in (ROOT / "notebooks").glob("*.ipynb"))
    ledgers = sorted(path.stem for path in (ROOT / "lib" / "fazhi" / "ledgers").glob("*.yml"))
    for year in (YEAR - 1, YEAR):
        for source in notebooks:
            if year < YEAR and source.stem not in (CLEAN, "02_statistics"):
                continue
            for ledger in ledgers if source.stem == CLEAN else [""]:
                target = out / f"{year}.{source.stem}.{ledger}.ipynb"
                more = ["-p", "ledger", ledger] if ledger else []
                head = [sys.executable, "-m", "papermill", "--no-progress-bar", str(source), str(target)]
                yield [*head, "-p", "year", str(year), *more]
    yield [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", str(out / f"{YEAR}.03_report..ipynb")]


def stock_year(folder: Path) -> None:
    """One papermill command after the other."""
    shutil.rmtree(folder / "data" / "processed", ignore_errors=True)
    out = folder / "stock"
    out.mkdir(exist_ok=True)
    for command in stock_commands(out):
        run(folder, *command)


def measure(folder: Path) -> list[Row]:
    """Cold, unchanged, and the loop of the papermill command."""
    fazhi_year(folder)
    year = timed(lambda: fazhi_year(folder), 3)
    unchanged = timed(lambda: run(folder, *FAZHI, "run", str(YEAR)), 3)
    stock = timed(lambda: stock_year(folder))
    return [
        Row("the year, cold: all notebooks, all documents", year, "the papermill command over the same notebooks, nbconvert to HTML", stock, goal="12 times"),
        Row("the year, nothing changed", unchanged, goal="0.3 s"),
    ]  # fmt: skip
