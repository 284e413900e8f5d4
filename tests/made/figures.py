"""A year's statistics by hand: what a test does not say is as in a year without anything remarkable."""

from typing import Any

from fazhi.cleaning.fate_labels import FATES
from fazhi.dictionary.models import Indicator, Ledger
from fazhi.disclosure.published_indicators import PublishedEntry, PublishedStatistics
from fazhi.workspace.year_statistics import IndicatorEntry, LedgerState, PlanTarget, Statistics


def entry(value: Any = 5, previous: Any = None, **facts: Any) -> IndicatorEntry:
    """An indicator of disputes that counts cases, resting on no rows in particular."""
    known = {
        "label": "调解矛盾纠纷", "definition": "行数", "caveat": "", "ledger": "disputes", "measure": "count", "unit": "件",
        "decimals": 0, "persons": False, "whole": False, "value": value, "numerator": value, "denominator": None,
        "previous": previous, "previous_year": 2024, "change": None, "rows": [], "row_count": 0, "office_counts": {},
        "open_rows": 0, "status": "missing" if value is None else "complete",
    }  # fmt: skip
    return IndicatorEntry(**{**known, **facts})


def entry_of(spec: Indicator, value: Any = 5, previous: Any = None, **facts: Any) -> IndicatorEntry:
    """The same of an indicator that is known."""
    own = {name: getattr(spec, name) for name in ("label", "ledger", "measure", "unit", "decimals", "persons")}
    return entry(value, previous, **{**own, "whole": not spec.where, **facts})


def ledger_state(
    title: str = "矛盾纠纷调解台账", office: str = "司法所", status: Any = "read", **fates: int
) -> LedgerState:
    """A ledger whose rows met these fates and no others."""
    return LedgerState(title, office, status, dict.fromkeys(FATES, 0) | fates)


def state_of(ledger: Ledger, **fates: int) -> LedgerState:
    """The same of a ledger that is known."""
    return ledger_state(ledger.title, ledger.office, **fates)


def plan_target(name: str, target: Any, unit: str = "场", open_rows: int = 0) -> PlanTarget:
    return PlanTarget(name, target, unit, "a.xlsx", "", 5, open_rows)


def statistics(indicators: dict[str, IndicatorEntry], ledgers: dict[str, LedgerState], **facts: Any) -> Statistics:
    """A year of 青木镇 without plans."""
    none: Any = []
    known = {
        "year": 2025, "town": "青木镇", "indicators": indicators, "plan_targets": none, "previous_plan_targets": none,
        "plan_results": none, "summaries": {}, "villages": {"村": 2, "居": 1}, "ledgers": ledgers,
    }  # fmt: skip
    return Statistics(**{**known, **facts})


def published(told: Statistics) -> PublishedStatistics:
    """Statistics in which nothing is small."""
    entries = {name: PublishedEntry(**vars(one)) for name, one in told.indicators.items()}
    return PublishedStatistics(**{**vars(told), "indicators": entries})
