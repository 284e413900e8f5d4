"""Figures that an office reports as a total: the value where there is no ledger, a check where there is one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fazhi.dictionary.models import Indicator
from fazhi.indicators.measure import change
from fazhi.issues import Issue
from fazhi.number_words import amount, rate
from fazhi.workspace.reported_figures import ReportedFigure
from fazhi.workspace.year_statistics import IndicatorEntry

_DEFINITION = "科室报送的数"


def with_reported(
    spec: Indicator, entry: IndicatorEntry, figures: Sequence[ReportedFigure]
) -> tuple[IndicatorEntry, list[Issue]]:
    """The indicator's entry with what was reported of it, and what is to be told or asked about that.

    Without a ledger the reported total is the value; with one the ledger's value stays, and a total that differs is asked about.
    """
    if not figures:
        return entry, []
    missing = [month for month in range(1, 13) if all(month not in figure.months for figure in figures)]
    place = f"指标「{spec.label}」"
    parts: dict[str, Any] = {
        "sources": "；".join(figure.place for figure in figures[:4]) + (" 等" if len(figures) > 4 else ""),
        "total": "＋".join(figure.written for figure in figures[:12]),
    }
    if entry.status == "missing":
        months = "、".join(f"{month}月" for month in range(1, 13) if month not in missing)
        asked = [Issue.of("figure_partial", place, ledger=spec.ledger, months=months)] if missing else []
        return _taken(spec, entry, figures), [Issue.of("figure_reported", place, ledger=spec.ledger, **parts), *asked]
    if missing or _agree(entry, figures):
        return entry, []
    value = (
        "空缺"
        if entry.value is None
        else rate(entry.value)
        if spec.unit == "%"
        else f"{amount(entry.value)}{spec.unit}"
    )
    return entry, [Issue.of("figure_differs", place, ledger=spec.ledger, value=value, **parts)]


def _taken(spec: Indicator, entry: IndicatorEntry, figures: Sequence[ReportedFigure]) -> IndicatorEntry:
    doubtful = any(figure.doubtful for figure in figures)
    value = figures[0].value if len(figures) == 1 else sum(figure.value for figure in figures)
    return replace(
        entry, definition=_DEFINITION, value=value, numerator=figures[0].numerator, denominator=figures[0].denominator, status="open" if doubtful else "complete",
        open_rows=int(doubtful),
        change=change(value, entry.previous, spec), reported=tuple(figures),
    )  # fmt: skip


def _agree(entry: IndicatorEntry, figures: Sequence[ReportedFigure]) -> bool:
    """Whether the ledger's value is the reported total, as exactly as that is written."""
    if entry.value is None:
        return False
    off = abs(entry.value - sum(figure.value for figure in figures))
    return off <= sum(figure.precision for figure in figures if figure.precision != 1) / 2 + 1e-9
