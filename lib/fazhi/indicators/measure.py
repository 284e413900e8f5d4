"""Indicators from clean tables: value, what it was divided by, last year's, and the rows it rests on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from fazhi.dictionary.models import Indicator, Ledger
from fazhi.issues import Issue
from fazhi.number_words import said
from fazhi.workspace.files import exact_number
from fazhi.workspace.year_statistics import RATES, IndicatorEntry, Number, SheetRows

MINIMUM_JUMP = 5  # a count that moves by less moves by chance, however large its share


@dataclass(frozen=True)
class Measured:
    """A value with the numbers it came from and the rows it rests on. A rate is 0–1, None with nothing below the line."""

    value: Number | None
    numerator: Number | None
    denominator: Number | None
    rows: pd.DataFrame


def select(frame: pd.DataFrame, where: Mapping[str, Any]) -> pd.DataFrame:
    """The rows whose columns hold the wanted value, or one of a list of them. A missing value is never wanted.

    >>> select(pd.DataFrame({"outcome": ["成功", None, "不成功"]}), {"outcome": ["成功", "终止"]}).index.tolist()
    [0]
    """
    if not where:
        return frame
    mask = pd.Series(True, index=frame.index)
    for name, wanted in where.items():
        mask &= frame[name].isin(wanted if isinstance(wanted, list) else [wanted]).fillna(False).astype(bool)
    return frame[mask]


def measure(frame: pd.DataFrame, spec: Indicator) -> Measured:
    """The indicator over a clean table.

    Parameters
    ----------
    frame
        A ledger's clean table, a row a record that counts.
    spec
        Which rows, measured how.

    Returns
    -------
    Measured
        `value` in the indicator's unit (a rate is 0–1, None with nothing below the line), what was divided by what, and the
        rows it rests on.

    >>> visits = pd.DataFrame({"found": [4, 6], "fixed": [4, 5]})
    >>> spec = Indicator(id="x.y", label="整改率", unit="%", ledger="x", measure="ratio", column="fixed", over="found")
    >>> measured = measure(visits, spec)
    >>> measured.value, measured.numerator, measured.denominator
    (0.9, 9, 10)
    """
    rows = select(frame, spec.where)
    return _MEASURES[spec.measure](frame, rows, spec)


def _count(frame: pd.DataFrame, rows: pd.DataFrame, spec: Indicator) -> Measured:
    return Measured(len(rows), len(rows), None, rows)


def _total(values: pd.Series) -> Number:
    """Exact: money adds as decimals, counts as integers."""
    total = sum((value for value in values.dropna().tolist()), Decimal(0))
    return exact_number(Decimal(total))


def _sum(frame: pd.DataFrame, rows: pd.DataFrame, spec: Indicator) -> Measured:
    assert spec.column is not None
    total = _total(rows[spec.column])
    return Measured(total, total, None, rows[rows[spec.column].notna()])


def _share(frame: pd.DataFrame, rows: pd.DataFrame, spec: Indicator) -> Measured:
    below = select(frame, spec.of)
    return Measured(_divide(len(rows), len(below)), len(rows), len(below), below)


def _ratio(frame: pd.DataFrame, rows: pd.DataFrame, spec: Indicator) -> Measured:
    assert spec.column is not None and spec.over is not None
    above, below = _total(rows[spec.column]), _total(rows[spec.over])
    return Measured(_divide(above, below), above, below, rows)


def _distinct(frame: pd.DataFrame, rows: pd.DataFrame, spec: Indicator) -> Measured:
    assert spec.column is not None
    count = int(rows[spec.column].nunique())
    return Measured(count, count, None, rows)


def _least(frame: pd.DataFrame, rows: pd.DataFrame, spec: Indicator) -> Measured:
    """The fewest wanted rows in any group that the ledger lists, a group with none among them."""
    groups = frame[spec.over].dropna().unique().tolist()
    counts = rows[spec.over].value_counts()
    least = min((int(counts.get(group, 0)) for group in groups), default=None)
    return Measured(least, least, None, rows)


def _columns(frame: pd.DataFrame, rows: pd.DataFrame, spec: Indicator) -> Measured:
    return Measured(len(spec.columns), len(spec.columns), None, rows)


def _divide(above: Number, below: Number) -> float | None:
    return above / below if below else None


_MEASURES = {
    "count": _count, "sum": _sum, "share": _share, "ratio": _ratio,
    "distinct": _distinct, "least": _least, "columns": _columns,
}  # fmt: skip


def may_count(frame: pd.DataFrame, spec: Indicator) -> pd.DataFrame:
    """The rows that may count for the indicator though a cell that decides about them is empty."""
    wanted = {**spec.of, **spec.where}
    of_groups = (spec.column, spec.over) if spec.measure in ("distinct", "least") else ()
    decisive = {*wanted, *(name for name in of_groups if name)}
    may = pd.Series(bool(decisive), index=frame.index)
    for name, values in wanted.items():
        may &= (frame[name].isna() | frame[name].isin(values if isinstance(values, list) else [values])).astype(bool)
    return frame[may & frame[sorted(decisive)].isna().any(axis=1)]


def row_places(rows: pd.DataFrame) -> list[SheetRows]:
    """Where rows stand, in order of files and sheets."""
    places: dict[tuple[str, str], list[int]] = {}
    for file, sheet, number in zip(
        *(rows[f"source_{part}"].tolist() for part in ("file", "sheet", "row")), strict=True
    ):
        places.setdefault((file, sheet), []).append(int(number))
    return [SheetRows(file, sheet, sorted(places[file, sheet])) for file, sheet in sorted(places)]


def office_counts(rows: pd.DataFrame) -> dict[str, int]:
    """Rows by the office whose folder they came from."""
    return dict(sorted(Counter(str(file).split("/")[0] for file in rows["source_file"].tolist()).items()))


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
    spec: Indicator, ledger: Ledger, frame: pd.DataFrame | None, year: int, previous: Number | None, open_rows: int
) -> IndicatorEntry:
    """Make the indicator's entry in the year's statistics.

    Parameters
    ----------
    spec, ledger
        The indicator and the ledger it measures.
    frame
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
    found = measure(frame, spec) if frame is not None else None
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
        rows=row_places(found.rows) if found else [],
        row_count=len(found.rows) if found else 0,
        office_counts=office_counts(found.rows) if found else {},
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
