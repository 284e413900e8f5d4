"""What may be printed of a figure that was reported without a ledger: there are no rows to audit, only the number itself."""

from collections.abc import Mapping
from dataclasses import replace

from fazhi.dictionary.models import Indicator
from fazhi.disclosure.offers import Form, Offer
from fazhi.disclosure.printed_forms import BELOW, EXACT, PARTS, bounded, bounds
from fazhi.disclosure.statements import Rows
from fazhi.workspace.year_statistics import IndicatorEntry, Number


def reported_offers(
    name: str, entry: IndicatorEntry, spec: Indicator, threshold: int, cases: Number | None
) -> list[Offer]:
    """One offer a part, in the order of `PARTS`. `cases`: how many records the ledger is said to have.

    A sum of nobody knows how many records, and a rate of nobody knows how many, are not printed.
    """
    exact = [Form(EXACT)]
    compared = entry.measure == "count" and entry.previous is not None and not 0 < entry.previous < threshold
    forms = {
        "value": _values(entry, spec, threshold, cases), "previous": exact if compared else [], "parts": exact,
        "change": exact if compared else [], "rows": exact, "offices": exact,
    }  # fmt: skip
    exactly: Mapping[str, tuple[str, ...]] = {f"{name}:value": (EXACT,)}
    return [
        Offer(f"{name}:{part}", spec.label, tuple(forms[part]), {} if part in ("value", "previous") else exactly)
        for part in PARTS
    ]


def _values(entry: IndicatorEntry, spec: Indicator, threshold: int, cases: Number | None) -> list[Form]:
    value, above, below = entry.value, entry.numerator, entry.denominator
    if value is None:
        return []
    if entry.is_rate:
        if above is None or below is None or 0 < below < threshold:
            return []
        rows = Rows(spec.ledger, entry.previous_year + 1)
        coarse = [replace(form, says=()) for form in bounds(value, int(below), rows, rows, threshold)]
        return coarse if any(0 < few < threshold for few in (above, below - above)) else [Form(EXACT), *coarse]
    if entry.measure == "count":
        return [bounded(BELOW, threshold, ())] if 0 < value < threshold else [Form(EXACT)]
    return [Form(EXACT)] if cases is not None and cases >= threshold else []
