"""Raw files read and cleaned by the library, against what people use to read and check workbooks.

The large ledger is invented: 200,000 disputes in 13 columns, half of the cells distinct. pandera is measured where it is
installed (`pip install pandera`); it checks the types of the frame that pandas has read.
"""

import csv
import random
import shutil
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import xlsxwriter

from benchmarks.measuring import Row, run

LARGE = 200_000
TITLES = (
    "受理日期", "村（居）", "纠纷类型", "申请人", "被申请人", "身份证号", "联系电话", "案件来源", "调解结果", "协议形式", "协议金额",
    "结案日期", "调解员",
)  # fmt: skip
PANDAS = """
import pathlib, time
import openpyxl, pandas
started = time.perf_counter()
for path in sorted(pathlib.Path("data/raw/2025").rglob("*.xlsx")):
    for name, sheet in pandas.read_excel(path, sheet_name=None, header=None, engine="openpyxl").items():
        sheet.dropna(how="all").drop_duplicates()
print(time.perf_counter() - started)
"""
PANDAS_TEXT = """
import pathlib, time
import pandas
started = time.perf_counter()
for path in pathlib.Path("data/raw/2025").rglob("*.csv"):
    pandas.read_csv(path, header=None, dtype=str, encoding="gb18030")
print(time.perf_counter() - started)
"""
PANDERA = """
import pathlib, time
import openpyxl, pandas
import pandera.pandas as pandera
started = time.perf_counter()
for path in pathlib.Path("data/raw/2025").rglob("*.xlsx"):
    frame = pandas.read_excel(path, engine="openpyxl", dtype=str)
    pandera.DataFrameSchema({title: pandera.Column(str, nullable=True) for title in frame.columns}).validate(frame)
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
READ = """
import pathlib, time
from fazhi.intake import Reader
started = time.perf_counter()
with Reader() as reader:
    for path in pathlib.Path("data/raw/2025").rglob("*.*"):
        assert reader.read(path, path.name).refused is None
print(time.perf_counter() - started)
"""


def measure(folder: Path) -> list[Row]:
    """Seconds in a process that has imported everything already."""
    cleaned = min(_seconds(folder, LIBRARY) for _ in range(3))
    plain = min(_seconds(folder, PANDAS) for _ in range(3))
    what = "21 files of every kind: read, counted twice, recognised, cleaned, written"
    rows = [
        Row(what, cleaned, "pd.read_excel (openpyxl) of the 13 .xlsx among them, nothing else", plain, goal="< 1.5 s")
    ]
    return rows + [row for kind in ("shared strings", "inline strings", "csv") for row in _large(folder, kind)]


def _seconds(folder: Path, script: str) -> float:
    return float(run(folder, sys.executable, "-c", script))


def _large(folder: Path, kind: str) -> Iterator[Row]:
    """One ledger of 200,000 rows in a year of its own."""
    raw = folder / "data" / "raw" / "2025"
    shutil.rmtree(raw)
    (raw / "司法所").mkdir(parents=True)
    _write(raw / "司法所" / f"矛盾纠纷调解台账.{'csv' if kind == 'csv' else 'xlsx'}", kind)
    other, script = ("pd.read_csv", PANDAS_TEXT) if kind == "csv" else ("pd.read_excel (openpyxl)", PANDAS)
    instead = _seconds(folder, script)
    what = f"a ledger of {LARGE:,} rows ({kind})"
    yield Row(f"{what}: read and counted twice", _seconds(folder, READ), other, instead, goal="< 10 s")
    if kind == "shared strings" and find_spec("pandera"):
        other, instead = f"{other}, checked by pandera", _seconds(folder, PANDERA)
    yield Row(
        f"{what}: read, counted twice, recognised, cleaned, written",
        _seconds(folder, LIBRARY),
        other,
        instead,
        goal="< 10 s",
    )


def _write(path: Path, kind: str) -> None:
    if kind == "csv":
        with path.open("w", encoding="gb18030", newline="") as stream:
            csv.writer(stream).writerows(_disputes())
        return
    with xlsxwriter.Workbook(path, {"constant_memory": kind == "inline strings", "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("台账")
        for number, row in enumerate(_disputes()):
            sheet.write_row(number, 0, row)


def _disputes() -> Iterator[list[str | int]]:
    """The header and made-up disputes, the same at every run; identity numbers carry birth years before 1900."""
    made = random.Random(1)
    yield list(TITLES)
    for _ in range(LARGE):
        day = date(2025, 1, 1) + timedelta(days=made.randrange(365))
        names = [
            "".join(made.choices("王李张刘陈杨黄赵吴周", k=1) + made.choices("伟芳娜敏静丽强磊军洋", k=2))
            for _ in range(3)
        ]
        number = f"500107{made.randrange(1850, 1899)}{made.randrange(10**8):08d}"
        kinds = (
            made.choice(["邻里", "婚姻家庭", "合同"]),
            made.choice(["来访", "排查发现"]),
            made.choice(["成功", "不成功"]),
        )
        closed = (day + timedelta(days=made.randrange(40))).isoformat()
        village, phone = made.choice(["陶家居委会", "清明村"]), f"1390000{made.randrange(10**4):04d}"
        yield [day.isoformat(), village, kinds[0], *names[:2], number, phone, *kinds[1:], "书面", made.randrange(90_000), closed, names[2]]  # fmt: skip
