"""The fates a raw row can meet and what readers call them. Each row meets exactly one; only `kept` counts."""

from collections.abc import Iterable, Mapping

# In the order of the tables that count them; which rule goes before which is written in `fates.judge` and docs/reference/rules.md.
FATE_LABELS = {
    "kept": "计入",
    "duplicate": "重复",
    "superseded": "已被替代",
    "out_of_year": "非本年",
    "other_town": "非本镇",
    "other_ledger": "属别的台账",
    "cancelled": "作废",
    "quarantined": "待核实",
    "not_data": "非数据",
}
FATES = tuple(FATE_LABELS)


def fates_met(ledgers: Iterable[Mapping[str, int]]) -> list[str]:
    """The fates that any row of the ledgers met, of each the rows by fate: a table has no column for the others."""
    counts = list(ledgers)
    return [fate for fate in FATES if any(rows.get(fate) for rows in counts)]
