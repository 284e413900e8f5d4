"""A ledger's tables to clean records, the fate of every raw row, and what is to be asked. The same code for every ledger."""

from collections.abc import Iterable, Sequence
from typing import Any

from fazhi.cleaning.amounts import about_amounts
from fazhi.cleaning.cells import Value, must_be_there, read_column, readers
from fazhi.cleaning.decided import Decisions
from fazhi.cleaning.fates import about_faults, leave_out, set_aside
from fazhi.cleaning.gaps import about_gaps
from fazhi.cleaning.near_copies import ask_of_near_copies
from fazhi.cleaning.numbering import about_numbering, about_told_count
from fazhi.cleaning.other_year import about_none_counting, about_other_years
from fazhi.cleaning.pairs import told_together
from fazhi.cleaning.probable import ask_of_probable
from fazhi.cleaning.probable_versions import weak_way
from fazhi.cleaning.records import Cleaned, CleanTable
from fazhi.cleaning.replaced import Replaced
from fazhi.cleaning.reporters import Places
from fazhi.cleaning.same_record import supersede_records
from fazhi.cleaning.superseded import supersede_tables
from fazhi.cleaning.twins import leave_out_twins
from fazhi.cleaning.versions import compare_tables
from fazhi.dictionary.models import Ledger
from fazhi.intake import RawFile
from fazhi.issues import Issue
from fazhi.recognition.headers import Table
from fazhi.recognition.rows import entries
from fazhi.recognition.title_years import dates_year
from fazhi.town_year import TownSettings

_NO_COLUMN = Value(fault="本表没有这一列")


def clean(
    ledger: Ledger, sources: Iterable[tuple[RawFile, Table]], settings: TownSettings, year: int, key: bytes = b""
) -> Cleaned:
    """Clean all tables of one ledger: read each cell, give each row its fate, collect what is to be asked.

    Parameters
    ----------
    ledger
        The ledger of the dictionary.
    sources
        Its tables with the files they lie in; they are taken in the order of files, sheets and rows.
    settings, year
        The town's settings, and the year that rows are to fall in.
    key
        What decisions about single records are remembered by (`once` in `aliases.yml`).

    Returns
    -------
    Cleaned
        All records whatever their fates, the fate of every row, and the issues.
    """
    tables = [(file.path, table) for file, table in sources]
    parts: list[CleanTable] = []
    issues: list[Issue] = []
    in_file: dict[str, list[Table]] = {}
    for path, table in tables:
        in_file.setdefault(path, []).append(table)
    for path, table in tables:
        part = _read(path, table, ledger, settings, dates_year(table, in_file[path], year))
        issues += leave_out(part, ledger, year)
        parts.append(part)
    decisions = Decisions(ledger.id, year, settings.aliases.once, key)
    places = Places(settings.unit.villages, settings.unit.offices)
    compared = compare_tables(ledger, parts, decisions, places) if len(parts) > 1 else []
    told = list(supersede_tables(ledger, parts, compared, decisions))
    issues += [issue for _, issue in told]
    issues += leave_out_twins(ledger, parts, compared, decisions)
    pairs = [*supersede_records(ledger, parts, compared, decisions)]
    pairs += ask_of_probable(ledger, parts, compared, decisions, places)
    pairs += ask_of_near_copies(ledger, parts, decisions, pairs)
    issues += told_together(pairs, decisions, _asked_of_tables(parts, told))
    issues += set_aside(ledger, parts, decisions)
    issues += decisions.unused(parts, _ways(ledger))
    for part in parts:
        issues += about_faults(part, ledger)
        issues += about_amounts(part, ledger)
        issues += about_numbering(part, ledger)
        issues += about_told_count(part, parts, ledger)
        issues += about_gaps(part, ledger, settings.specs.indicators)
    issues += about_other_years(ledger, parts, year)
    if all(issue.severity == "info" for issue in issues):
        issues += about_none_counting(ledger, parts)
    return Cleaned(ledger, parts, issues)


def _ways(ledger: Ledger) -> list[Sequence[str]]:
    """The columns by which two records may be asked about; of those that differ in one character of a name, all others."""
    ways: list[Sequence[str]] = [*ledger.identity, *ledger.probable_identity, weak_way(ledger)]
    return [*ways, *([name for name in ledger.columns if name != naming] for naming in ledger.naming_columns)]


def _asked_of_tables(parts: Sequence[CleanTable], told: Iterable[tuple[Replaced, Issue]]) -> dict[frozenset[int], str]:
    """The names of open questions about two tables as wholes."""
    return {
        frozenset((id(parts[one.table]), id(parts[one.by]))): issue.question
        for one, issue in told
        if issue.severity != "info"
    }


def _read(path: str, table: Table, ledger: Ledger, settings: TownSettings, year: int) -> CleanTable:
    """The table's cells read column by column; year-less dates after the ledger's first date fall on or after it."""
    below, read = entries(table), readers(table, settings, year)
    values: dict[str, Sequence[Value]] = {}
    firsts: Sequence[Any] | None = None
    for name, column in ledger.columns.items():
        if name in read:
            values[name] = read_column(read[name], below.columns[name], firsts if column.kind == "date" else None)
        elif must_be_there(column):
            values[name] = [_NO_COLUMN] * len(below.numbers)
        if name == ledger.date_column and name in values:
            firsts = [value.value for value in values[name]]
    until = max((day for day in firsts or () if day is not None and day.year == year), default=None)
    fates, reasons = ["kept"] * len(below.numbers), [""] * len(below.numbers)
    return CleanTable(path, table, below, values, fates, reasons, firsts or (), until)
