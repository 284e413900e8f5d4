"""The sample's raw files read and cleaned by the library, against what people use to read workbooks."""

import sys
from pathlib import Path

from benchmarks.measuring import Row, run

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


def measure(folder: Path) -> list[Row]:
    """Seconds in a process that has imported everything already."""
    cleaned = min(float(run(folder, sys.executable, "-c", LIBRARY)) for _ in range(3))
    plain = min(float(run(folder, sys.executable, "-c", PANDAS)) for _ in range(3))
    what = "21 files of every kind: read, counted twice, recognised, cleaned, written"
    return [Row(what, cleaned, "pd.read_excel (openpyxl) of the 13 .xlsx among them, nothing else", plain)]
