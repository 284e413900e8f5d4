"""Ledgers of another year in this year's folder, and ledgers of which no row counts: asked about, never taken for a year without."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from fazhi.cleaning.cells import names_its_year
from fazhi.cleaning.fates import doubtful_year
from fazhi.cleaning.records import CleanTable, Record
from fazhi.dictionary.models import Ledger
from fazhi.intake import YearlessDate
from fazhi.issues import Issue
from fazhi.recognition.title_years import other_years, years_named


def about_other_years(ledger: Ledger, parts: Sequence[CleanTable], year: int) -> list[Issue]:
    """A question for each file whose dates lie mostly in other years, else for each of its tables that is titled for another."""
    found: list[Issue] = []
    for _, group in groupby(parts, key=attrgetter("file")):
        tables = list(group)
        strayed = [table for table in tables if not _explained(table, tables, ledger, year)]
        found += _strays(ledger, strayed, year) or [
            issue for table in strayed for issue in _titled(ledger, table, year)
        ]
    return found


def about_none_counting(ledger: Ledger, parts: Sequence[CleanTable]) -> Iterator[Issue]:
    """A ledger with rows of which none counts, though none waits for a mended cell: not the same as one sent empty."""
    fates = [fate for part in parts for fate in part.fates if fate != "other_ledger"]
    if fates and not {"kept", "quarantined"} & set(fates):
        yield Issue.of("none_counts", parts[0].file, "", ledger=ledger.id, count=len(fates))


def _strays(ledger: Ledger, tables: Sequence[CleanTable], year: int) -> list[Issue]:
    """One question about a file of which half the dated rows or more lie in other years; else one for each table of which all do."""
    whole = _Years(ledger, tables, year)
    if whole.mostly_other:
        return [whole.issue(tables[0].sheet if len(tables) == 1 else "")]
    each = [(_Years(ledger, [table], year), table.sheet) for table in tables]
    return [years.issue(sheet) for years, sheet in each if years.dated and years.other == years.dated]


class _Years:
    """How many dated rows there are in some tables of a file, and how many lie in other years by all their dates."""

    def __init__(self, ledger: Ledger, tables: Sequence[CleanTable], year: int) -> None:
        self.ledger, self.tables, self.year = ledger, tables, year
        strays = [years for table in tables for years in _strayed_years(table, ledger, year)]
        self.dated, self.other = sum(len(_dated(table, ledger)) for table in tables) if strays else 0, len(strays)
        self.named = sorted(set().union(*strays))

    @property
    def mostly_other(self) -> bool:
        return self.other > 0 and self.other * (2 if self.ledger.event_date else 1) >= self.dated

    def issue(self, sheet: str) -> Issue:
        """The question, about one sheet or, with none named, about the file."""
        label = self.ledger.columns[self.ledger.date_column or ""].label
        years = "、".join(f"{one}年" for one in self.named[:3]) + ("等" if len(self.named) > 3 else "")
        return Issue.of(
            "rows_of_other_year", self.tables[0].file, sheet, ledger=self.ledger.id, column=label,
            dated=self.dated, other=self.other, years=years, year=self.year,
        )  # fmt: skip


def _strayed_years(table: CleanTable, ledger: Ledger, year: int) -> Iterator[set[int]]:
    """The years of all dates of each row that lies in other years, and of which nothing is asked already."""
    dates = [name for name, column in ledger.columns.items() if column.kind == "date" and name in table.table.columns]
    ours = _years_of_title(table, year)
    for record in _dated(table, ledger, "out_of_year" if ledger.event_date else None):
        years = {day.year for name in dates if (day := record.value(name).value) is not None}
        if not _belongs(years, ours, ledger) and doubtful_year(record, ledger, year) is None:
            yield years


def _years_of_title(table: CleanTable, year: int) -> set[int]:
    """The years of a register that runs over several, this one among them; else this year."""
    return set().union({year}, *(years for years in years_named("", table.table, year).values() if year in years))


def _belongs(years: set[int], ours: set[int], ledger: Ledger) -> bool:
    """A case of last December that was closed in the year belongs to it, and so does a task due in the next."""
    return bool(years & ours) if ledger.event_date else max(years) >= max(ours)


def _explained(table: CleanTable, tables: Sequence[CleanTable], ledger: Ledger, year: int) -> bool:
    """A sheet of a workbook with a sheet a year: named for the years of all its dates, beside one of this year."""
    named = other_years("", table.table, year)
    spoken = set().union(*named.values()) if named else set()
    return (
        bool(spoken)
        and any(other is not table and "kept" in other.fates for other in tables)
        and all(record.value(ledger.date_column or "").value.year in spoken for record in _dated(table, ledger))
    )


def _titled(ledger: Ledger, table: CleanTable, year: int) -> Iterator[Issue]:
    """A question about a table titled for another year, or for this and another where some dates show none."""
    named = years_named(table.file, table.table, year)
    others = other_years(table.file, table.table, year)
    several = {what: years for what, years in named.items() if year in years and len(years) > 1}
    dated = _dated(table, ledger) if ledger.event_date and (others or several) else []
    written = {_written_year(record, ledger) for record in dated}
    if others:
        dates = "日期是本年的" if written == {year} else f"各行都按{year}年计"
    elif None in written:
        others, dates = several, f"没有写年份的日期都按{year}年计"
    if others:
        years = "、".join(map(str, sorted(set().union(*others.values()))))
        yield Issue.of(
            "title_year", table.file, table.sheet, ledger=ledger.id, where="、".join(others), years=years, year=year,
            dates=dates,
        )  # fmt: skip


def _dated(table: CleanTable, ledger: Ledger, fate: str | None = None) -> list[Record]:
    """The records that have the ledger's date and are not void, or those of one fate."""
    values = table.values.get(ledger.date_column or "", ())
    wanted = (at for at, one in enumerate(table.fates) if (one == fate if fate else one != "cancelled"))
    return [Record(table, at) for at in wanted if values and values[at].value is not None]


def _written_year(record: Record, ledger: Ledger) -> int | None:
    """The year that a record's date is written with; None where the cell shows none."""
    name = ledger.date_column or ""
    cell = record.cell(name)
    shown = names_its_year(cell) and not isinstance(cell, YearlessDate)
    return int(record.value(name).value.year) if shown else None
