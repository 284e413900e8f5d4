"""`make bench`: what fazhi takes beside what a user would run instead, one process run after the other, as ratios.

Writes `benchmarks/RESULTS.md`. Each time is the best of the rounds; caches of the operating system are warm for both sides.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
YEAR = 2025
CLEAN = "01_clean_ledger"
PANDAS = """
import pathlib, time
import openpyxl, pandas
started = time.perf_counter()
for path in sorted(pathlib.Path("data/raw/2025").rglob("*.xlsx")):
    for name, sheet in pandas.read_excel(path, sheet_name=None, header=None, engine="openpyxl").items():
        sheet.dropna(how="all").drop_duplicates()
print(time.perf_counter() - started)
"""
LIBRARY = """
import time
from fazhi import steps
started = time.perf_counter()
town = steps.open_year(2025, ".")
found = steps.survey_year(town)
for ledger in town.known.specs.ledgers:
    steps.clean_ledger(town, ledger, found)
print(time.perf_counter() - started)
"""


def timed(call: Callable[[], object], rounds: int = 1) -> float:
    """Seconds, the best of the rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - started)
    return best


def run(folder: Path, *command: str, needed: bool = True) -> str:
    """Run a command in the workspace; its output."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if needed and done.returncode > 1:
        raise SystemExit(f"{' '.join(command[:4])} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def fazhi_year(folder: Path) -> None:
    """The sample year with nothing made before: the year before, all notebooks, all documents."""
    shutil.rmtree(folder / "data" / "processed", ignore_errors=True)
    run(folder, sys.executable, "-m", "fazhi.cli", "run", str(YEAR))


def stock_year(folder: Path) -> None:
    """The same notebooks by the papermill command, one after the other, and nbconvert's own HTML of the report."""
    out = folder / "stock"
    out.mkdir(exist_ok=True)
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar"]
    for year in (YEAR - 1, YEAR):
        for ledger in sorted(path.stem for path in (ROOT / "lib" / "fazhi" / "ledgers").glob("*.yml")):
            target = str(out / f"{CLEAN}.{ledger}.ipynb")
            source = str(ROOT / "notebooks" / f"{CLEAN}.ipynb")
            run(folder, *papermill, source, target, "-p", "year", str(year), "-p", "ledger", ledger)
        for name in ("02_statistics", *(["03_report"] if year == YEAR else [])):
            source, target = str(ROOT / "notebooks" / f"{name}.ipynb"), str(out / f"{name}.ipynb")
            run(folder, *papermill, source, target, "-p", "year", str(year))
    run(folder, sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", str(out / "03_report.ipynb"))


def table(rows: list[tuple[str, float, str, float]]) -> str:
    """A Markdown table of what was measured beside what it stands against."""
    lines = ["| fazhi | seconds | instead | seconds | ratio |", "|---|---:|---|---:|---:|"]
    lines += [f"| {a} | {s:.1f} | {b} | {t:.1f} | {t / s:.1f} |" for a, s, b, t in rows]
    return "\n".join(lines)


def main() -> None:
    """Measure, print and write the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
        fazhi_year(folder)
        year = timed(lambda: fazhi_year(folder), 2)
        unchanged = timed(lambda: run(folder, sys.executable, "-m", "fazhi.cli", "run", str(YEAR)), 2)
        stock = timed(lambda: stock_year(folder))
        cleaned = min(float(run(folder, sys.executable, "-c", LIBRARY)) for _ in range(3))
        plain = min(float(run(folder, sys.executable, "-c", PANDAS)) for _ in range(3))
    rows = [
        ("the sample year, cold: 43 notebooks, 3 documents", year, "the papermill command over the same notebooks, nbconvert to HTML", stock),
        ("the sample year, nothing changed", unchanged, "the same", stock),
        ("21 files of every kind: read, counted twice, recognised, cleaned, written", cleaned, "pd.read_excel (openpyxl) of the 13 .xlsx among them, nothing else", plain),
    ]  # fmt: skip
    about = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    about += "".join(f", {package} {metadata.version(package)}" for package in ("pandas", "papermill", "nbconvert"))
    text = f"# Benchmarks\n\n{about}. `make bench` makes this file.\n\n{table(rows)}\n"
    (ROOT / "benchmarks" / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
