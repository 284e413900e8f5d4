"""The list of notebooks that make a year, in their order; adding a notebook is adding an entry."""

from dataclasses import dataclass
from fnmatch import fnmatch

from fazhi.workspace import report_check, results
from fazhi.workspace.paths import INDEX, NEEDS
from fazhi.workspace.results import account_name, clean_name, layouts_name

SCOPES = (
    "documents",
    "statistics",
    "history",
)  # a year's own run makes all; the next one's needs its figures; later less
COUNTED = (results.FATES, results.ISSUES, results.STATISTICS, results.DISCLOSURE)
FIGURES = "figures"  # no format: each figure by itself
LAST = 2


@dataclass(frozen=True)
class NotebookStep:
    """A notebook of the run, and the documents that are made from it once it is executed.

    `reads` and `writes` are paths in the year's results; `*` stands for any name, `{ledger}` for the ledger of the run.
    Clean tables are read of the years before as well. A notebook comes after those that write what it reads.
    """

    name: str
    label: str  # as the analyst is told of it
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()  # files beside the year's ledgers that only this notebook reads
    document: str = ""  # the name of its documents
    formats: tuple[str, ...] = ()
    scope: str = SCOPES[0]  # the least that is asked of a year for it to run
    priority: int = LAST  # of those that could start, the lowest does

    def looks_at(self, path: str) -> bool:
        """Whether it reads a file of the year's results."""
        return any(fnmatch(path, pattern) for pattern in self.reads)

    def outputs(self, ledger: str = "") -> list[str]:
        """What it writes: its executed self, named after the ledger where it is run for one, and its own files."""
        executed = f"notebooks/{self.name}.{ledger}.ipynb" if ledger else f"notebooks/{self.name}.ipynb"
        return [*(path.format(ledger=ledger) for path in self.writes), executed]

    @property
    def documents(self) -> list[str]:
        """The files made for readers, without the figures by themselves."""
        own = [
            path
            for path in self.writes
            if self.document and path.startswith(f"{self.document}.") and not path.endswith(".json")
        ]
        return [*own, *(f"{self.document}.{form}" for form in self.formats if form != FIGURES)]


CLEAN = NotebookStep(
    "01_clean_ledger",
    "清理{ledger}",  # one run a ledger; it reads the ledger's workbooks
    writes=(account_name("{ledger}", "rows"), account_name("{ledger}", "issues"), layouts_name("{ledger}")),
    scope="statistics",
)
STATISTICS = NotebookStep(
    "02_statistics", "汇总与统计", writes=(*COUNTED, NEEDS), scope="statistics"
)  # reads all that was made before it, and the year before
REPORT = NotebookStep(
    "03_report",
    "报告初稿",
    reads=(*COUNTED, clean_name("*")),
    writes=(report_check.FILE,),
    settings=("report.md",),
    document="report",
    formats=("html", "pdf", "docx", FIGURES),
    priority=0,  # what is waited for
)
TRENDS = NotebookStep(
    "04_dispute_trends",
    "纠纷趋势",
    reads=(clean_name("disputes"), results.DISCLOSURE),
    writes=("trends.json",),
    document="trends",
    formats=("html", "pdf", FIGURES),
    priority=0,  # the longest way to the end of a run
)
APPENDIX = NotebookStep(
    "05_appendix",
    "附表",
    reads=(*COUNTED, results.SOURCES, clean_name("*")),
    writes=("appendix.xlsx", results.WORKING),
    settings=("report.md",),
    document="appendix",
    formats=("pdf", "docx"),
)
RETURNED = NotebookStep(
    "06_returned", "退回工作簿", reads=(NEEDS,), writes=(INDEX,), priority=1
)  # takes longer than the appendix

# 07_check_draft is no part of a year's run: it takes what only a person can name, a draft.
NOTEBOOKS = (CLEAN, STATISTICS, REPORT, TRENDS, APPENDIX, RETURNED)
