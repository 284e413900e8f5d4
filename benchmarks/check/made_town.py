"""Figures of a town that never was: the dictionary's indicators with a value drawn by a seed, last year's near it."""

import random
from collections.abc import Mapping
from decimal import Decimal

from fazhi.checking.binding.known_figures import Figure, Ledgers, Months, closed_values, short_values
from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Indicator, Unit
from fazhi.town_year import town_settings

_VILLAGES = ("石桥村", "柳湾村", "白鹤村", "双河村", "高岩村", "竹林村", "河口社区", "新街社区", "金沙社区")
_LARGE = {
    "人次": (400, 9000),
    "元": (200_000, 9_000_000),
    "张": (900, 20_000),
    "份": (20, 400),
    "件": (30, 900),
    "家次": (80, 900),
    "件次": (25, 900),
}


def made_town(seed: int, *, optional: bool = False) -> Ledgers:
    """The figures of 2025 and 2024, with parts by village and kind that add up to the whole; `optional`: of all ledgers there are."""
    draw, specs = random.Random(seed), load_specs()
    offices = sorted({ledger.office for ledger in specs.ledgers.values()}, key=lambda one: (-len(one), one))
    unit = Unit(name="柳河镇", villages=_VILLAGES, offices=tuple(offices))
    values = {name: closed_values(ledger, unit) for name, ledger in specs.ledgers.items()}
    keepers = {name: ledger.office for name, ledger in specs.ledgers.items()}
    kept = [spec for spec in specs.indicators.values() if optional or not specs.ledgers[spec.ledger].optional]
    figures = tuple(_figure(spec, draw, keepers[spec.ledger]) for spec in kept)

    def parts(figure: Figure, where: Mapping[str, str], months: Months | None = None, /) -> Decimal | None:
        spec, value = figure.indicator, figure.value
        if spec.measure not in ("count", "sum") or value is None or len(where) > 1:
            return None
        for column, word in where.items():
            kinds = [one for one, of in values[spec.ledger].items() if of == column]
            value = _shared(int(value), len(kinds), f"{seed}{spec.id}")[kinds.index(word)]
        first, last = months or (1, 12)
        return sum(_shared(int(value), 12, f"{seed}{spec.id}{where}")[first - 1 : last], Decimal(0))

    titles = {name: ledger.title for name, ledger in specs.ledgers.items()}
    short = {name: short_values(ledger) for name, ledger in specs.ledgers.items()}
    lists = town_settings(specs, unit, Aliases()).vocabularies
    return Ledgers(2025, figures, parts, values, tuple(offices), frozenset(), short, unit.name, lists, keepers, titles)


def _figure(spec: Indicator, draw: random.Random, keeper: str) -> Figure:
    if spec.unit == "%":
        now, before = (Decimal(draw.choice((1000, draw.randint(700, 995)))) / 1000 for _ in range(2))
        return Figure(spec, now, before, {})
    if spec.measure == "columns":
        return Figure(spec, Decimal(len(spec.columns)), Decimal(len(spec.columns)), {})
    low, high = _LARGE.get(spec.unit, (3, 90))
    now = draw.randint(low, high)
    before = max(1, now + draw.choice((-1, 1)) * draw.randint(1, max(2, now // 4)))
    return Figure(spec, Decimal(now), Decimal(before), {keeper: now} if spec.measure == "count" else {})


def _shared(whole: int, kinds: int, seed: str) -> list[Decimal]:
    """A whole shared out among kinds."""
    draw = random.Random(seed)
    cuts = sorted(draw.randint(0, whole) for _ in range(kinds - 1))
    return [Decimal(high - low) for low, high in zip([0, *cuts], [*cuts, whole], strict=True)]
