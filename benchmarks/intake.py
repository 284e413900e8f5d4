"""Raw files read and cleaned by the library, against what people use to read and check workbooks.

The large ledger is invented: 200,000 disputes in 13 columns, half of the cells distinct within their column, of each
column that is checked one cell in a hundred faulty; the hostile one names a village that is none in every second row.
pandera checks what pandas has read: dates and amounts by their shape, villages and types by their lists. Processor time
is that of all processes; it is told beside the time by the clock because it is the same on a busy machine.
"""

import csv
import random
import shutil
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from benchmarks.measuring import Row, peak_memory, run

LARGE = 200_000
TITLES = (
    "受理日期", "村（居）", "纠纷类型", "申请人", "被申请人", "身份证号", "联系电话", "案件来源", "调解结果", "协议形式", "协议金额",
    "结案日期", "调解员",
)  # fmt: skip
VILLAGES = ("友爱村", "治安村", "坚强村", "文峰村", "锣鼓洞村", "九龙村", "白彭村", "大岚垭村", "陶家居委会")
KINDS = ("邻里", "婚姻家庭", "合同")
FAULTS = {0: "2025.13.5", 1: "清明村", 2: "其它类", 10: "约数万元", 11: "待定"}  # column -> what no one can read

# Each script prints seconds by the clock and seconds of all processors, imports not counted.
TIMED = """
import pathlib, resource, time
def processors():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
{imports}
started, used = time.perf_counter(), processors()
{body}
print(time.perf_counter() - started, processors() - used)
"""
PANDAS = TIMED.format(imports="import openpyxl, pandas", body="""
for path in sorted(pathlib.Path("data/raw/2025").rglob("*.xlsx")):
    for name, sheet in pandas.read_excel(path, sheet_name=None, header=None, engine="openpyxl").items():
        sheet.dropna(how="all").drop_duplicates()
""")  # fmt: skip
PANDAS_TEXT = TIMED.format(imports="import pandas", body="""
for path in pathlib.Path("data/raw/2025").rglob("*.csv"):
    pandas.read_csv(path, header=None, dtype=str, encoding="gb18030").dropna(how="all").drop_duplicates()
""")  # fmt: skip
PANDERA = TIMED.format(imports="import openpyxl, pandas, pandera.pandas as pandera", body=f"""
text = pandera.Column(str, nullable=True)
checked = {{
    "受理日期": pandera.Column(str, pandera.Check.str_matches(r"\\d{{4}}-\\d{{2}}-\\d{{2}}$")),
    "村（居）": pandera.Column(str, pandera.Check.isin({VILLAGES})),
    "纠纷类型": pandera.Column(str, pandera.Check.isin({KINDS})),
    "协议金额": pandera.Column(str, pandera.Check.str_matches(r"\\d+$")),
}}
for path in pathlib.Path("data/raw/2025").rglob("*.xlsx"):
    for name, frame in pandas.read_excel(path, sheet_name=None, engine="openpyxl", dtype=str).items():
        schema = pandera.DataFrameSchema({{title: checked.get(title, text) for title in frame.columns}})
        try:
            schema.validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as errors:
            len(errors.failure_cases)
""")  # fmt: skip
LIBRARY = TIMED.format(imports="from fazhi.steps import clean, open_year, survey\nimport pandas", body="""
town = open_year(2025, ".")
found = survey.survey_year(town)
for ledger in town.settings.specs.ledgers:
    clean.clean_ledger(town, ledger, found)
""")  # fmt: skip
READ = TIMED.format(imports="from fazhi.intake import Reader", body="""
with Reader() as reader:
    for path in pathlib.Path("data/raw/2025").rglob("*.*"):
        assert reader.read(path, path.name).refused is None
""")  # fmt: skip
CHECKED = "pd.read_excel (openpyxl), checked by pandera"


def measure(folder: Path) -> list[Row]:
    """Seconds in a process that has imported everything already, and the most memory of one that does the whole."""
    what = "21 files of every kind: read, counted twice, recognised, cleaned, written"
    plain = "the 13 .xlsx among them by "
    (folder / "data" / ".key").write_text("ab" * 32)
    ours, theirs, checked = (_best(folder, script) for script in (LIBRARY, PANDAS, PANDERA))
    rows = [
        *_rows(what, ours, f"{plain}pd.read_excel (openpyxl), nothing else", theirs, "< 1.5 s"),
        *_rows(what, ours, f"{plain}{CHECKED}", checked, "< 1.5 s")[:1],
    ]
    for kind in ("shared strings", "inline strings", "csv"):
        rows += _large(folder, kind)
    return rows + _hostile(folder)


def _best(folder: Path, script: str, rounds: int = 3) -> tuple[float, float]:
    return min(_taken(folder, script) for _ in range(rounds))


def _taken(folder: Path, script: str) -> tuple[float, float]:
    """Seconds by the clock and of all processors."""
    clock, processors = run(folder, sys.executable, "-c", script).split()
    return float(clock), float(processors)


def _rows(
    what: str, ours: tuple[float, float], other: str = "", theirs: tuple[float, float] | None = None, goal: str = ""
) -> list[Row]:
    clock, processors = theirs or (None, None)
    return [Row(what, ours[0], other, clock, goal=goal), Row("… processor time", ours[1], "", processors)]


def _large(folder: Path, kind: str) -> list[Row]:
    """One ledger of 200,000 rows in a year of its own."""
    _put(folder, kind, faulty=0.01)
    what = f"a ledger of {LARGE:,} rows ({kind})"
    other, script = ("pd.read_csv", PANDAS_TEXT) if kind == "csv" else ("pd.read_excel (openpyxl)", PANDAS)
    theirs = _taken(folder, script)
    rows = _rows(f"{what}: read and counted twice", _taken(folder, READ), other, theirs)
    if kind == "shared strings":
        other, theirs = CHECKED, _taken(folder, PANDERA)
    whole = f"{what}: read, counted twice, cleaned, searched for private values, written"
    rows += _rows(whole, _taken(folder, LIBRARY), other, theirs, "< 10 s")
    return [*rows, Row("… most memory at a time", _memory(folder), unit="MB", goal="< 1 GB")]


def _hostile(folder: Path) -> list[Row]:
    _put(folder, "shared strings", faulty=0.5)
    rows = _rows(f"a ledger of {LARGE:,} rows, half of them faulty: the whole", _taken(folder, LIBRARY))
    return [*rows, Row("… most memory at a time", _memory(folder), unit="MB", goal="< 1 GB")]


def _memory(folder: Path) -> float:
    return peak_memory(folder, sys.executable, "-c", LIBRARY)


def _put(folder: Path, kind: str, faulty: float) -> None:
    """The large ledger in place of all others."""
    office = folder / "data" / "raw" / "2025" / "司法所"
    shutil.rmtree(office.parent)
    office.mkdir(parents=True)
    path = office / f"矛盾纠纷调解台账.{'csv' if kind == 'csv' else 'xlsx'}"
    if kind == "csv":
        with path.open("w", encoding="gb18030", newline="") as stream:
            csv.writer(stream).writerows(_disputes(faulty))
        return
    with xlsxwriter.Workbook(path, {"constant_memory": kind == "inline strings", "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("台账")
        for number, row in enumerate(_disputes(faulty)):
            sheet.write_row(number, 0, row)


def _disputes(faulty: float) -> Iterator[list[str | int]]:
    """The header and made-up disputes, the same at every run; identity numbers carry birth years before 1900.

    `faulty` is the share of each checked column's cells that no one can read; from half on, that of the villages only.
    """
    made = random.Random(1)
    spoilt = {1: FAULTS[1]} if faulty >= 0.5 else FAULTS
    yield list(TITLES)
    for _ in range(LARGE):
        day = date(2025, 1, 1) + timedelta(days=made.randrange(365))
        born = date(1850, 1, 1) + timedelta(days=made.randrange(18_000))
        names = [
            "".join(made.choices("王李张刘陈杨黄赵吴周", k=1) + made.choices("伟芳娜敏静丽强磊军洋", k=2))
            for _ in range(3)
        ]
        row: list[str | int] = [
            day.isoformat(), made.choice(VILLAGES), made.choice(KINDS), *names[:2],
            f"500107{born:%Y%m%d}{made.randrange(10_000):04d}", f"1390000{made.randrange(10**4):04d}",
            made.choice(["来访", "排查发现"]), made.choice(["成功", "不成功"]), "书面", made.randrange(90_000),
            (day + timedelta(days=made.randrange(40))).isoformat(), names[2],
        ]  # fmt: skip
        yield [spoilt[place] if place in spoilt and made.random() < faulty else cell for place, cell in enumerate(row)]
