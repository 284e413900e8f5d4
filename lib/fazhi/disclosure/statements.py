"""Published numbers as statements about rows: which rows, and the least and the most that their number can be.

A count says that a set of rows has so many; a rate that is printed 94.4% says that 0.9435 ≤ p ÷ q < 0.9445, which is two
inequalities of whole numbers; a bound says one. So all that a publication tells is one system of inequalities.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fazhi.number_words import exact, half_up, said

Where = tuple[tuple[str, tuple[str, ...]], ...]  # column -> the values of which one must be, in order
_LESS = 4e-4  # of whole numbers and shares of at most three decimals, one that is less is less by at least 0.0005
OPEN_END = float("inf")


@dataclass(frozen=True, order=True)
class Rows:
    """The rows of a town's ledger and year whose columns hold one of the values named; `town` is empty for one's own."""

    ledger: str
    year: int
    where: Where = ()
    town: str = ""

    @classmethod
    def of(cls, ledger: str, year: int, where: Mapping[str, Any], town: str = "") -> "Rows":
        """`where` as in indicators.yml: column -> a value or a list of them."""
        allowed = {
            name: wanted if isinstance(wanted, list | tuple | set) else [wanted] for name, wanted in where.items()
        }
        return cls(
            ledger, year, tuple(sorted((name, tuple(sorted(map(said, v)))) for name, v in allowed.items())), town
        )

    def also(self, column: str, values: Iterable[str]) -> "Rows":
        """Those of them whose `column` holds one of the values; of one that is named already, those of both."""
        named, wanted = dict(self.where), set(values)
        kept = wanted & set(named.get(column, wanted))
        return Rows(self.ledger, self.year, tuple(sorted({**named, column: tuple(sorted(kept))}.items())), self.town)

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.where)


@dataclass(frozen=True)
class Statement:
    """The numbers of some rows, each times its weight, add up to at least `low` and at most `high`."""

    terms: tuple[tuple[float, Rows], ...]
    low: float
    high: float

    @property
    def columns(self) -> frozenset[str]:
        return frozenset().union(*(rows.columns for _, rows in self.terms))

    @property
    def ledgers(self) -> frozenset[str]:
        return frozenset(rows.ledger for _, rows in self.terms)

    def as_json(self) -> dict[str, Any]:
        terms = [
            {"weight": weight, "town": rows.town, "ledger": rows.ledger, "year": rows.year,
             "where": {name: list(values) for name, values in rows.where}}
            for weight, rows in self.terms
        ]  # fmt: skip
        return {
            "terms": terms,
            "low": None if self.low == -OPEN_END else self.low,
            "high": None if self.high == OPEN_END else self.high,
        }


def from_json(content: Mapping[str, Any]) -> Statement:
    """A statement as `as_json` gave it."""
    terms = tuple(
        (term["weight"], Rows.of(term["ledger"], term["year"], term["where"], term["town"]))
        for term in content["terms"]
    )
    low, high = content["low"], content["high"]
    return Statement(terms, -OPEN_END if low is None else low, OPEN_END if high is None else high)


def count(rows: Rows, number: float) -> Statement:
    """So many rows."""
    return Statement(((1.0, rows),), number, number)


def fewer(rows: Rows, limit: float) -> Statement:
    """Fewer rows than `limit`."""
    return Statement(((1.0, rows),), 0, limit - 1)


def rate(above: Rows, below: Rows, share: float, decimals: int) -> tuple[Statement, ...]:
    """A share as it is printed: so many percent with so many decimals, half up."""
    shown, half = half_up(exact(share) * 100, decimals), Decimal("0.5").scaleb(-decimals)
    if share in (0, 1):
        return (count(above, 0),) if share == 0 else (Statement(((1.0, below), (-1.0, above)), 0, 0),)
    least, most = (shown - half) / 100, (shown + half) / 100
    return (at_least(above, below, float(least)), less(above, below, float(most)))


def at_least(above: Rows, below: Rows, share: float) -> Statement:
    return Statement(((1.0, above), (-share, below)), 0, OPEN_END)


def less(above: Rows, below: Rows, share: float) -> Statement:
    return Statement(((1.0, above), (-share, below)), -OPEN_END, -_LESS)
