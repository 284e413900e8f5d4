"""Amounts that are not what they seem: larger than any a township has, or some of a column in yuan and the rest in 万元."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from fazhi.cleaning.fates import issue_of
from fazhi.cleaning.records import CleanTable, Record
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue

# What no row of a township's ledger reaches: yuan (its largest contracts are of tens of millions), and people, cases, leaflets.
_TOO_LARGE = {"money": (100_000_000, "1 亿元"), "count": (100_000, "10 万")}
_WAN = 10_000
_SEVERAL = 3  # amounts of a column, all of them small, are no chance
_GAP = 50  # times the next smaller amount: far from all others of its column
_LEAST_IN_YUAN, _MOST_IN_WAN = (
    100,
    20,
)  # an amount below 100 is not one in yuan, one above 20 not one meant in 万元 under 元


def about_amounts(part: CleanTable, ledger: Ledger) -> Iterator[Issue]:
    """A question about the numbers of a column that no township has, or that seem to be in another unit. One a column."""
    for name, values in part.values.items():
        kind = ledger.columns[name].kind
        most, said = _TOO_LARGE.get(kind, (None, ""))
        if most is None:
            continue
        amounts = {
            at: value.value
            for at, value in enumerate(values)
            if value.value is not None and part.fates[at] in ("kept", "quarantined")
        }
        doubtful, what = [at for at, amount in amounts.items() if amount >= most], f"在 {said}以上"
        if kind == "money" and not doubtful:
            unit = part.table.money_units.get(name, "元")
            doubtful = in_another_unit(amounts, in_wan=unit == "万元") or _all_in_wan(amounts, unit)
            what = f"像是按{'元' if unit == '万元' else '万元'}填的，列名的单位是{unit}"
        if doubtful:
            parts_of_issue = {"column": ledger.columns[name].label, "count": len(doubtful), "what": what}
            yield issue_of(Record(part, doubtful[0]), ledger, "amount_implausible", **parts_of_issue)


def in_another_unit(amounts: Mapping[int, Decimal | int], *, in_wan: bool) -> list[int]:
    """The keys of amounts (in yuan) that stand far apart from the others and would be among them in the other unit.

    `in_wan`: whether the column is in 万元; then some may have been written in yuan, else some in 万元.
    """
    ordered = sorted({amount for amount in amounts.values() if amount > 0})
    gaps = [place for place, (low, high) in enumerate(pairwise(ordered), 1) if high >= low * _GAP]
    for place in gaps:
        few, many = (ordered[place:], ordered[:place]) if in_wan else (ordered[:place], ordered[place:])
        lowest, highest = many[0] / Decimal(10), many[-1] * Decimal(10)
        meant = [Decimal(amount) / _WAN if in_wan else Decimal(amount) * _WAN for amount in few]
        plain = min(meant) >= _LEAST_IN_YUAN if in_wan else _seem_in_wan(list(map(Decimal, few)))
        if plain and all(lowest <= amount <= highest for amount in meant):
            return sorted(at for at, amount in amounts.items() if few[0] <= amount <= few[-1])
    return []


def _all_in_wan(amounts: Mapping[int, Decimal | int], unit: str) -> list[int]:
    """The keys of all amounts of a column in 元, where there are several, all small and some with decimals, as one writes 万元."""
    filled = {at: Decimal(amount) for at, amount in amounts.items() if amount > 0}
    several = unit == "元" and len(set(filled.values())) >= _SEVERAL
    small = several and max(filled.values()) < _LEAST_IN_YUAN
    return sorted(filled) if small and any(amount < 10 and amount != int(amount) for amount in filled.values()) else []


def _seem_in_wan(amounts: Sequence[Decimal]) -> bool:
    """Whether amounts under a title in 元 look as one writes 万元: 3, 1.2, 12.5; but a fine of 20 is one of 20 yuan."""
    return max(amounts) < 10 or (max(amounts) < 100 and any(amount != int(amount) for amount in amounts))
