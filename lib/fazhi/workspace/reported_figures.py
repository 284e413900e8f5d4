"""Figures that reach the report without a ledger: the year's total as an office reported it, and where it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from fazhi.workspace.files import read_as, write_notes

FILE = "accounts/_figures.json"
MARK = "汇总数，无逐条台账"  # beside a figure that is one
Number = int | float


@dataclass(frozen=True)
class ReportedFigure:
    """One number as reported: in the indicator's unit (a rate is 0–1, money is yuan), with where it is written.

    `precision` is what its last digit is worth. `months` are those of the year that it is of. A share may come with what it was
    divided by. `doubtful`: something beside it could not be read, or does not add up. `line`: of figures.csv, None where a form of the town says what the cell is. `written` is the number as printed.
    """

    indicator: str
    value: Number
    precision: Number
    written: str
    months: Sequence[int]
    file: str
    sheet: str
    cell: str
    line: int | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    doubtful: bool = False

    @property
    def place(self) -> str:
        """Where it is written, as a person would say it."""
        return f"{self.file}{f'「{self.sheet}」' if self.sheet else ''}{f' {self.cell}' if self.cell else ''}"


def write_figures(folder: Path, figures: Sequence[ReportedFigure]) -> None:
    """Keep the year's reported figures in its folder."""
    write_notes(folder / FILE, [asdict(figure) for figure in figures])


def read_figures(folder: Path) -> Mapping[str, Sequence[ReportedFigure]]:
    """The year's reported figures by indicator; none where none were noted."""
    path = folder / FILE
    found: dict[str, list[ReportedFigure]] = {}
    for figure in read_as(path, lambda noted: [ReportedFigure(**one) for one in noted]) if path.exists() else []:
        found.setdefault(figure.indicator, []).append(figure)
    return found
