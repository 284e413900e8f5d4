"""A year's results: where each file lies in its folder, and the one place that reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from fazhi.errors import LedgerError
from fazhi.issues import Issue
from fazhi.workspace.clean_rows import CleanRows
from fazhi.workspace.files import read_as, read_parquet
from fazhi.workspace.issue_table import read_issues
from fazhi.workspace.year_statistics import Statistics, parse_statistics

if TYPE_CHECKING:
    import pandas as pd

STATISTICS, ISSUES, FATES = "statistics.json", "issues.parquet", "rows.parquet"
SOURCES, RUN = "sources.json", "run.json"
WORKING = "working_papers.xlsx"  # for the office alone
DISCLOSURE = "disclosure.json"  # what the papers may say of people, and what was left out: internal
Account = Literal["rows", "issues"]


def clean_name(ledger: str) -> str:
    """The path of a ledger's clean table in the folder of the year."""
    return f"clean/{ledger}.parquet"


def layouts_name(ledger: str) -> str:
    """The path of what is known of a ledger's sheets."""
    return f"accounts/{ledger}.layouts.json"


def near_name(ledger: str) -> str:
    """The path of a ledger's rows that were left out for a date shortly before or after the year, as its clean table has rows."""
    return f"accounts/{ledger}.near.parquet"


def account_name(ledger: str, account: Account) -> str:
    """The path of the fates (`rows`) or issues of one ledger, or of `_files` for what belongs to none."""
    return f"accounts/{ledger}.{account}.parquet"


@dataclass(frozen=True)
class Sources:
    """The content of sources.json: `inputs` name -> fingerprint of what the survey read, `ledgers` id -> files that hold it.

    `headings` file[sheet] -> what its headings are known by: sheets of the same are one form.
    """

    inputs: Mapping[str, str]
    ledgers: Mapping[str, Sequence[str]]
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetLayout:
    """A sheet in which a ledger was read: its columns and where they stand, its unknown titles, how many of its rows count.

    `columns` are ids in order of the alphabet, `at` their places from 0, `header` is the number of rows above the first record.
    `unknown` title -> ids of the columns that it may mean; `says_none`: it has no row, and says that there is nothing to report.
    """

    file: str
    sheet: str
    columns: Sequence[str]
    at: Mapping[str, int]
    header: int
    unknown: Mapping[str, Sequence[str]]
    kept: int
    says_none: bool


@dataclass(frozen=True)
class YearResults:
    """The folder of one town's year below `data/processed`, or of a run that is going on.

    What has not been made is None, or empty; a file that is there but cannot be read raises what reading it raises.
    """

    folder: Path

    def clean_file(self, ledger: str) -> Path:
        return self.folder / clean_name(ledger)

    def clean(self, ledger: str) -> CleanRows | None:
        """A ledger's clean table in canonical columns, a row a record; None where the ledger was not read."""
        return _kept_rows(self.clean_file(ledger))

    def clean_frame(self, ledger: str) -> "pd.DataFrame | None":
        """The same as pandas reads Parquet by default."""
        import pandas as pd

        path = self.clean_file(ledger)
        return pd.read_parquet(path) if path.exists() else None

    def near(self, ledger: str) -> CleanRows | None:
        """A ledger's rows that were left out for a date shortly before or after the year; None where the ledger was not read."""
        return _kept_rows(self.folder / near_name(ledger))

    def layouts(self, ledger: str) -> list[SheetLayout]:
        """Each sheet of a ledger; none where it was not read."""
        path = self.folder / layouts_name(ledger)
        return read_as(path, lambda content: [SheetLayout(**layout) for layout in content]) if path.exists() else []

    def statistics(self) -> Statistics | None:
        """The year's statistics; None where it was not counted. Raises ResultError where the file is damaged."""
        path = self.folder / STATISTICS
        return read_as(path, parse_statistics) if path.exists() else None

    def disclosure(self) -> dict[str, Any] | None:
        """What the year's papers may say of people's affairs (`steps.publication`); None where it was not decided."""
        path = self.folder / DISCLOSURE
        return read_as(path, dict) if path.exists() else None

    def account_files(self, account: Account) -> list[Path]:
        """The fates or issues of every ledger and of `_files`, as far as they are there, in order of their names."""
        return sorted(self.folder.glob(account_name("*", account)))

    @property
    def is_counted(self) -> bool:
        """Whether the ledgers' accounts have been gathered: fates and issues are there."""
        return (self.folder / ISSUES).exists()

    def issues(self) -> list[Issue]:
        """The year's issues, the gravest first. Raises LedgerError where the year was not counted, or by another version."""
        if not self.is_counted:
            year = self.folder.name
            raise LedgerError(f"{year}年尚未统计。请先运行 02_statistics，或 fazhi run {year}。")
        return read_issues(self.folder / ISSUES)

    def sources(self) -> Sources:
        """Which files were read and which ledgers they hold; nothing where there was no survey."""
        path = self.folder / SOURCES
        return read_as(path, _sources) if path.exists() else Sources({}, {})


def _kept_rows(path: Path) -> CleanRows | None:
    try:
        seen = path.stat()
    except FileNotFoundError:
        return None
    return _rows(path, (seen.st_ino, seen.st_mtime_ns, seen.st_size))


@lru_cache(maxsize=64)  # a notebook asks for a year's tables several times
def _rows(path: Path, _seen: tuple[int, ...]) -> CleanRows:
    return CleanRows(read_parquet(path))


def _sources(content: Any) -> Sources:
    files = {name: list(files) for name, files in content["ledgers"].items()}
    return Sources(dict(content["inputs"]), files, dict(content.get("headings", {})))
