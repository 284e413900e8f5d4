"""The value of which a claim speaks, by the ledgers, and how it reads."""

from dataclasses import replace
from decimal import Decimal

from fazhi import number_words
from fazhi.checking.binding.claim import Claim
from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.quantities import Quantity


def value_of(claim: Claim, figure: Figure, ledgers: Ledgers) -> Decimal | None:
    """The value that a claim speaks of; None where the ledgers have none."""
    if claim.where or claim.months:
        return ledgers.parts(figure, claim.where, claim.months) if claim.year == ledgers.year else None
    return figure.value if claim.year == ledgers.year else figure.previous


def as_indicator(claim: Claim, ledgers: Ledgers) -> Claim:
    """A part that an indicator counts by itself as that one, which has a year before: the documents 废止 of those gone through."""
    if not claim.where or claim.months or claim.change == "share" or len(claim.figures) != 1:
        return claim
    own = ledgers.counting(claim.figures[0], claim.where)
    return replace(claim, figures=(own,), where={}) if own else claim


def scaled(value: Decimal, figure: Figure) -> Decimal:
    """A value as it is written: rates in percent."""
    return value * 100 if figure.indicator.unit == "%" else value


def as_shown(value: Decimal, figure: Figure) -> str:
    """A value with its unit, as the report writes it."""
    if figure.indicator.unit == "%":
        return number_words.percent(value)
    if figure.indicator.unit == "元":
        return number_words.money(value)
    return number_words.count(value, figure.indicator.unit, figure.indicator.decimals)


def change_words(change: Decimal, quantity: Quantity) -> str:
    """A change with its direction: 增加14.4%."""
    amount = number_words.digits(
        number_words.half_up(abs(change), 1 if quantity.measure in ("%", "百分点", "倍") else 0)
    )
    unit = {"百分点": "个百分点"}.get(quantity.measure, quantity.measure)
    return "持平" if change == 0 else f"{'增加' if change > 0 else '减少'}{amount}{unit}"


def named(claim: Claim, figure: Figure, ledgers: Ledgers) -> str:
    """What a claim speaks of: 2025年1—3月“调解矛盾纠纷”."""
    part, months = "、".join(claim.where.values()), claim.months
    period = f"{months[0]}—{months[1]}月" if months and months[0] < months[1] else f"{months[0]}月" if months else ""
    return f"{claim.year}年{period}{part}“{figure.indicator.label}”"
