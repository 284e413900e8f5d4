"""The sample year by `fazhi run`, against the same notebooks run in other ways."""

import json
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.measuring import FAZHI, ROOT, YEAR, Row, fazhi_year, peak_memory, run, timed
from fazhi.dictionary.loading import load_specs
from fazhi.engine.jobs import core_count

CLEAN = "01_clean_ledger"
LEDGER = "平安法治办/2025年陶家镇法律服务事项清单.csv"
LINE = "19,矛盾排查,又一事项\r\n".encode("gb18030")
# The cells of the same notebooks as plain code, in processes forked from one that has imported everything; the time is
# from the first cell to the last.
PLAIN = """
import json, os, sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from fazhi.engine.jobs import ONE_THREAD
os.environ.update(ONE_THREAD)
import nbformat
import fazhi.intake.worker
from fazhi.dictionary.loading import load_specs
from fazhi.steps import appendix, clean, report, returned, show, statistics, summaries, trend_menus, trends

def cells(task):
    notebook, given = task
    names = {"__name__": "__main__"}
    for cell in nbformat.read(notebook, 4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, "cell", "exec"), names)
            names |= given if "parameters" in cell.metadata.get("tags", []) else {}

if __name__ == "__main__":
    stages = json.loads(sys.argv[1])
    load_specs()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as pool:
        list(pool.map(abs, range(8)))
        started = time.perf_counter()
        for stage in stages:
            list(pool.map(cells, stage))
        print(time.perf_counter() - started)
"""

# What `fazhi run --watch` does after a change, once everything is warm: seconds to the report's three formats, and to the end.
WATCHED = """
import sys, time
from pathlib import Path
from fazhi.recognition.surveyor import Surveyor
from fazhi.runs.notebook_runner import notebook_runner
from fazhi.runs.pipeline import run
from fazhi.workspace.paths import place

year, ledger, line = int(sys.argv[1]), Path(sys.argv[2]), bytes.fromhex(sys.argv[3])
told = {}
def progress(label, done, total):
    told[label] = time.perf_counter()

with notebook_runner() as runner, Surveyor(remember=True) as surveyor:
    for _ in range(3):  # the first time as things are; then what is loaded later is there too
        run(place(Path.cwd()), year, runner=runner, surveyor=surveyor)
        ledger.write_bytes(ledger.read_bytes() + line)
        started = time.perf_counter()
        run(place(Path.cwd()), year, runner=runner, surveyor=surveyor, progress=progress)
    print(max(told[f"report.{form}"] for form in ("html", "pdf", "docx")) - started, time.perf_counter() - started)
"""

Run = tuple[str, dict[str, object]]  # a notebook's path and its parameters


def stages() -> list[list[Run]]:
    """The runs of notebooks that make the year, and the figures of the year before; those of a stage need no other."""
    folder = ROOT / "notebooks"
    ledgers = [name for name, ledger in load_specs().ledgers.items() if not ledger.optional]
    documents = [path for path in sorted(folder.glob("*.ipynb")) if "03" < path.stem < "07"]  # 07 is of a draft
    clean = str(folder / f"{CLEAN}.ipynb")
    statistics = str(folder / "02_statistics.ipynb")
    earlier = [int(path.name) for path in (ROOT / "data" / "raw").iterdir() if path.name.isdigit()]
    history: list[Run] = [(clean, _given(year, "disputes")) for year in sorted(earlier) if year < YEAR - 1]
    cleaned = [(clean, _given(year, ledger)) for year in (YEAR - 1, YEAR) for ledger in ledgers]
    counted = [[(statistics, _given(year))] for year in (YEAR - 1, YEAR)]
    return [[*history, *cleaned], *counted, [(str(path), _given(YEAR)) for path in documents]]


def _given(year: int, ledger: str = "") -> dict[str, object]:
    return {"year": year, "workspace": ""} | ({"ledger": ledger} if ledger else {})


def papermill(folder: Path, task: Run) -> None:
    """One notebook by the papermill command."""
    source, given = task
    out = folder / "stock" / "-".join([*map(str, given.values()), Path(source).name])
    options = [word for name, value in given.items() if value for word in ("-p", name, str(value))]
    run(folder, sys.executable, "-m", "papermill", "--no-progress-bar", source, str(out), *options)


def stock_year(folder: Path, processes: int) -> None:
    """The papermill command for every notebook, so many at a time, and nbconvert's own HTML of the report."""
    shutil.rmtree(folder / "data" / "processed", ignore_errors=True)
    (folder / "stock").mkdir(exist_ok=True)
    with ThreadPoolExecutor(processes) as pool:
        for stage in stages():
            list(pool.map(lambda task: papermill(folder, task), stage))
    report = folder / "stock" / f"{YEAR}--03_report.ipynb"
    run(folder, sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", str(report))


def plain_year(folder: Path) -> float:
    """The same cells as plain code over the cores: seconds, imports not counted."""
    shutil.rmtree(folder / "data" / "processed", ignore_errors=True)
    script = folder / "plain.py"
    script.write_text(PLAIN, encoding="utf-8")
    return float(run(folder, sys.executable, str(script), json.dumps(stages())).split()[-1])


def one_ledger_changed(folder: Path) -> float:
    """A line more in one ledger: its cleaning, and what follows from it."""
    path = folder / "data" / "raw" / str(YEAR) / LEDGER
    path.write_bytes(path.read_bytes() + LINE)
    return timed(lambda: run(folder, *FAZHI, "run", str(YEAR)))


def one_ledger_watched(folder: Path) -> tuple[float, float]:
    """The same where processes are kept warm: to the report's three formats, and to the end."""
    path = folder / "data" / "raw" / str(YEAR) / LEDGER
    report, end = run(folder, sys.executable, "-c", WATCHED, str(YEAR), str(path), LINE.hex()).split()[-2:]
    return float(report), float(end)


def _peak_memory(folder: Path) -> float:
    """The most memory of a cold year at a time, in MB."""
    shutil.rmtree(folder / "data" / "processed", ignore_errors=True)
    return peak_memory(folder, *FAZHI, "run", str(YEAR))


def measure(folder: Path) -> list[Row]:
    """Cold, unchanged, one ledger changed, and the same notebooks in three other ways."""
    fazhi_year(folder)
    cold = timed(lambda: fazhi_year(folder), 2)
    unchanged = timed(lambda: run(folder, *FAZHI, "run", str(YEAR)), 3)
    changed = one_ledger_changed(folder)
    report, watched = one_ledger_watched(folder)
    memory = _peak_memory(folder)
    cores, count = core_count(), sum(map(len, stages()))
    plain = min(plain_year(folder) for _ in range(2))
    parallel = timed(lambda: stock_year(folder, cores))
    loop = timed(lambda: stock_year(folder, 1))
    year = f"the year, cold: {count} notebooks, all documents"
    return [
        Row(year, cold, "a loop of the papermill command over the same notebooks, nbconvert to HTML", loop, goal="at least 12"),
        Row(year, cold, f"the same, {cores} at a time", parallel, goal="at least 5"),
        Row(year, cold, f"the notebooks' cells as plain code in {cores} warm processes, no documents", plain, goal="at least 0.5"),
        Row("the year, nothing changed", unchanged, goal="under 0.3 s"),
        Row("the year, one ledger changed", changed),
        Row("… watched, processes warm: to the report's three formats", report, goal="under 1.2 s"),
        Row("… watched, processes warm: to the end", watched, goal="under 2 s"),
        Row("most memory at a time over all processes, cold year", memory, unit="MB", goal="under 600 MB"),
    ]  # fmt: skip
