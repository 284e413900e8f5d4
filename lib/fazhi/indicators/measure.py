"""Indicators from clean tables: value, what it was divided by, last year's, and the rows it rests on."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fazhi.dictionary.models import Indicator, Ledger
from fazhi.issues import Issue
from fazhi.number_words import said
from fazhi.workspace.clean_rows import CleanRows
from fazhi.workspace.files import exact_number
from fazhi.workspace.year_statistics import RATES, IndicatorEntry, Number, SheetRows

MINIMUM_JUMP = 5  # a count that moves by less moves by chance, however large its share


@dataclass(frozen=True)
class Measured:
    """A value with the numbers it came from and the places of the rows it rests on. A rate is 0–1, None with nothing below the line."""

    value: Number | None
    numerator: Number | None
    denominator: Number | None
    rows: Sequence[int]


def select(table: CleanRows, where: Mapping[str, Any], among: Sequence[int] | None = None) -> Sequence[int]:
    """The places of the rows, of all or `among` some, whose columns hold the wanted value, or one of a list of them. A missing
    value is never wanted.

    >>> import pyarrow as pa
    >>> [*select(CleanRows(pa.table({"outcome": ["成功", None, "不成功"]})), {"outcome": ["成功", "终止"]})]
    [0]
    """
    found = range(len(table)) if among is None else among
    for name, wanted in where.items():
        cells, listed = table[name], _listed(wanted)
        found = [place for place in found if cells[place] is not None and cells[place] in listed]
    return found


def _listed(wanted: Any) -> Collection[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def measure(table: CleanRows, spec: Indicator, among: Sequence[int] | None = None) -> Measured:
    """The indicator over a clean table, or `among` some of its rows.

    Parameters
    ----------
    table
        A ledger's clean table, a row a record that counts.
    spec
        Which rows, measured how.
    among
        The places of the rows that are looked at; None for all.

    Returns
    -------
    Measured
        `value` in the indicator's unit (a rate is 0–1, None with nothing below the line), what was divided by what, and the
        rows it rests on.

    >>> import pyarrow as pa
    >>> visits = CleanRows(pa.table({"found": [4, 6], "fixed": [4, 5]}))
    >>> spec = Indicator(id="x.y", label="整改率", unit="%", ledger="x", measure="ratio", column="fixed", over="found")
    >>> measured = measure(visits, spec)
    >>> measured.value, measured.numerator, measured.denominator
    (0.9, 9, 10)
    """
    among = range(len(table)) if among is None else among
    return _MEASURES[spec.measure](table, among, select(table, spec.where, among), spec)


def _count(table: CleanRows, among: Sequence[int], rows: Sequence[int], spec: Indicator) -> Measured:
    return Measured(len(rows), len(rows), None, rows)


def _filled(table: CleanRows, rows: Sequence[int], column: str | None) -> list[int]:
    """Those rows that say something in a column."""
    assert column is not None
    cells = table[column]
    return [place for place in rows if cells[place] is not None]


def _total(table: CleanRows, rows: Sequence[int], column: str | None) -> Number:
    """Exact: money adds as decimals, counts as integers."""
    assert column is not None
    cells = table[column]
    return exact_number(sum((cells[place] for place in rows if cells[place] is not None), Decimal(0)))


def _sum(table: CleanRows, among: Sequence[int], rows: Sequence[int], spec: Indicator) -> Measured:
    total = _total(table, rows, spec.column)
    return Measured(total, total, None, _filled(table, rows, spec.column))


def _share(table: CleanRows, among: Sequence[int], rows: Sequence[int], spec: Indicator) -> Measured:
    below = select(table, spec.of, among)
    return Measured(_divide(len(rows), len(below)), len(rows), len(below), below)


def _ratio(table: CleanRows, among: Sequence[int], rows: Sequence[int], spec: Indicator) -> Measured:
    above, below = _total(table, rows, spec.column), _total(table, rows, spec.over)
    return Measured(_divide(above, below), above, below, rows)


def _distinct(table: CleanRows, among: Sequence[int], rows: Sequence[int], spec: Indicator) -> Measured:
    assert spec.column is not None
    cells = table[spec.column]
    count = len({cells[place] for place in _filled(table, rows, spec.column)})
    return Measured(count, count, None, rows)


def _least(table: CleanRows, among: Sequence[int], rows: Sequence[int], spec: Indicator) -> Measured:
    """The fewest wanted rows in any group that the ledger lists, a group with none among them."""
    assert spec.over is not None
    groups = table[spec.over]
    counts = Counter(groups[place] for place in rows)
    least = min((counts[groups[place]] for place in _filled(table, among, spec.over)), default=None)
    return Measured(least, least, None, rows)


def _columns(table: CleanRows, among: Sequence[int], rows: Sequence[int], spec: Indicator) -> Measured:
    return Measured(len(spec.columns), len(spec.columns), None, rows)


def _divide(above: Number, below: Number) -> float | None:
    return above / below if below else None


_MEASURES = {
    "count": _count, "sum": _sum, "share": _share, "ratio": _ratio,
    "distinct": _distinct, "least": _least, "columns": _columns,
}  # fmt: skip


def may_count(table: CleanRows, spec: Indicator) -> list[int]:
    """The places of the rows that may count for the indicator though a cell that decides about them is empty."""
    wanted = {**spec.of, **spec.where}
    of_groups = (spec.column, spec.over) if spec.measure in ("distinct", "least") else ()
    decisive = [table[name] for name in {*wanted, *(name for name in of_groups if name)}]
    conditions = [(table[name], _listed(values)) for name, values in wanted.items()]
    return [
        place
        for place in range(len(table))
        if any(cells[place] is None for cells in decisive)
        and all(cells[place] is None or cells[place] in listed for cells, listed in conditions)
    ]


def row_places(table: CleanRows, rows: Sequence[int]) -> list[SheetRows]:
    """Where rows stand, in order of files and sheets."""
    files, sheets, numbers = (table[f"source_{part}"] for part in ("file", "sheet", "row"))
    places: dict[tuple[str, str], list[int]] = {}
    for place in rows:
        places.setdefault((files[place], sheets[place]), []).append(numbers[place])
    return [SheetRows(file, sheet, sorted(places[file, sheet])) for file, sheet in sorted(places)]


def office_counts(table: CleanRows, rows: Sequence[int]) -> dict[str, int]:
    """Rows by the office whose folder they came from."""
    files = table["source_file"]
    return dict(sorted(Counter(files[place].split("/")[0] for place in rows).items()))


def change(value: Number | None, previous: Number | None, spec: Indicator) -> float | None:
    """How much an indicator moved: relative, of a rate the difference (0.1 is ten points); None without a base.

    >>> spec = Indicator(id="x.y", label="检查", unit="次", ledger="x", measure="count")
    >>> change(12, 10, spec), change(12, 0, spec)
    (0.2, None)
    """
    if value is None or previous is None:
        return None
    if spec.measure in RATES:
        return value - previous
    return (value - previous) / previous if previous else None


def definition(spec: Indicator, ledger: Ledger, year: int) -> str:
    """What the figure counts, in a sentence for a reader."""
    rows = f"{year}年{ledger.title}计入的行"
    wanted = _condition(spec.where, ledger)
    match spec.measure:
        case "count":
            return f"{rows}中{wanted}的行数" if wanted else f"{rows}数"
        case "sum":
            return f"{rows}{'中' + wanted + '的行' if wanted else ''}的“{ledger.columns[spec.column or ''].label}”之和"
        case "share":
            base = _condition(spec.of, ledger)
            return f"{rows}中{wanted}的行数 ÷ {base + '的行数' if base else '全部行数'}"
        case "ratio":
            return f"{rows}的“{ledger.columns[spec.column or ''].label}”之和 ÷ “{ledger.columns[spec.over or ''].label}”之和"
        case "distinct":
            return f"{rows}中不同“{ledger.columns[spec.column or ''].label}”的个数"
        case "least":
            return f"{rows}按“{ledger.columns[spec.over or ''].label}”分组，{wanted}的行数最少的一组"
    return f"{ledger.title}所列的项数：" + "、".join(ledger.columns[name].label for name in spec.columns)


def _condition(where: Mapping[str, Any], ledger: Ledger) -> str:
    parts = []
    for name, wanted in where.items():
        values = wanted if isinstance(wanted, list) else [wanted]
        words = "或".join(map(said, values))
        parts.append(f"“{ledger.columns[name].label}”为“{words}”")
    return "且".join(parts)


def entry(
    spec: Indicator, ledger: Ledger, table: CleanRows | None, year: int, previous: Number | None, open_rows: int
) -> IndicatorEntry:
    """Make the indicator's entry in the year's statistics.

    Parameters
    ----------
    spec, ledger
        The indicator and the ledger it measures.
    table
        The ledger's clean table, a row a record that counts; None where the town has no such ledger.
    year, previous
        The year, and the indicator's value in the one before.
    open_rows
        How many rows may still change the value.

    Returns
    -------
    IndicatorEntry
        Rates are 0–1, money is in yuan. Without a ledger the value is None, never 0.
    """
    found = measure(table, spec) if table is not None else None
    return IndicatorEntry(
        label=spec.label,
        definition=definition(spec, ledger, year),
        caveat=spec.caveat,
        ledger=spec.ledger,
        measure=spec.measure,
        unit=spec.unit,
        decimals=spec.decimals,
        persons=spec.persons,
        whole=not spec.where,
        value=found.value if found else None,
        numerator=found.numerator if found else None,
        denominator=found.denominator if found else None,
        previous=previous,
        previous_year=year - 1,
        change=change(found.value, previous, spec) if found else None,
        rows=row_places(table, found.rows) if table is not None and found else [],
        row_count=len(found.rows) if found else 0,
        office_counts=office_counts(table, found.rows) if table is not None and found else {},
        open_rows=open_rows if found else 0,
        status="missing" if not found else "open" if open_rows else "complete",
    )


def doubts(spec: Indicator, entry: IndicatorEntry, blank: int = 0) -> list[Issue]:
    """Questions that the value itself raises: none though `blank` rows may count, a rate over one, an implausible change."""
    issues = []
    place = f"指标「{spec.label}」"
    if blank:
        issues.append(Issue.of("zero_in_doubt", place, ledger=spec.ledger, count=blank))
    if spec.measure in RATES and entry.value is not None and entry.value > 1:
        parts: dict[str, Any] = {"numerator": entry.numerator, "denominator": entry.denominator}
        issues.append(Issue.of("parts_exceed", place, ledger=spec.ledger, **parts))
    if entry.value is None or entry.previous is None or entry.change is None:
        return issues
    moved = spec.measure in RATES or abs(entry.value - entry.previous) >= MINIMUM_JUMP
    if abs(entry.change) > spec.plausible_change and moved:
        parts = {"previous_year": entry.previous_year, "previous": entry.previous, "value": entry.value}
        issues.append(Issue.of("change_implausible", place, ledger=spec.ledger, **parts))
    return issues
