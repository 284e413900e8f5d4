"""What the dictionary's entries refer to must exist: ledgers, columns, values."""

from collections.abc import Iterator
from contextlib import contextmanager

from fazhi.dictionary.models import Indicator, Ledger
from fazhi.dictionary.own_files import LEDGERS, PLACE
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import SpecError

ROLE_KINDS: dict[str, tuple[str, ...]] = {
    "date": ("date",), "place": ("village",), "category": ("vocabulary",), "source": ("vocabulary",), "outcome": ("vocabulary",),
    "closed": ("date",), "amount": ("money",),
}  # fmt: skip


def check_roles(ledger: Ledger, label: str = "") -> None:
    """Every column that the trends of a ledger name must exist, be of a kind that can play its part, and be published."""
    roles, place = ledger.trends, f"{label or f'{LEDGERS}{ledger.id}.yml'} 的 trends 中"
    if roles is None:
        return
    named = [(role, getattr(roles, role), kinds) for role, kinds in ROLE_KINDS.items() if getattr(roles, role)]
    named += [("parties", name, ("person", "party")) for name in roles.parties]
    named += [("handler", roles.handler, ("person", "party"))] if roles.handler else []
    for role, name, kinds in named:
        if name not in ledger.columns:
            raise SpecError(
                f"{place} {role} 所指的列“{name}”不存在，最接近的是“{nearest(name, [*ledger.columns], 1, 0)[0]}”。"
            )
        column = ledger.columns[name]
        if column.kind not in kinds or not column.published:
            raise SpecError(f"{place} {role} 应为可以公布的 {'、'.join(kinds)} 列，“{name}”不是。")
    if roles.date != ledger.date_column:
        raise SpecError(f"{place} date 应为台账的首个必填日期“{ledger.date_column}”。")
    if len(roles.parties) not in (0, 2):
        raise SpecError(f"{place} parties 应为两列。")
    known = list(ledger.columns[roles.outcome].values) if roles.outcome else []
    for value in (roles.success, roles.failure):
        if value and value not in known:
            raise SpecError(f"{place}的“{value}”不在 outcome 的取值中（{'、'.join(known) or '无'}）。")


@contextmanager
def replaced_ledger_hint(place: str, replaced: bool) -> Iterator[None]:
    """Say, where an entry of the package does not fit a ledger that the town has replaced, what the town can do."""
    try:
        yield
    except SpecError as error:
        if not replaced or place.startswith(PLACE):
            raise
        file = place.partition("「")[0]
        raise SpecError(
            f"{error}程序自带的这一项要用到它：请在 {PLACE}/{LEDGERS} 的台账中保留，或者在 {PLACE}/{file} 中改写这一项。"
        ) from None


def check_indicator(indicator: Indicator, ledgers: dict[str, Ledger], place: str = "") -> None:
    """Every ledger, column and vocabulary value an indicator names must exist; `place` is how messages name it."""
    place = place or f"indicators.yml「{indicator.id}」"
    if indicator.ledger not in ledgers:
        raise SpecError(
            f"{place}引用的台账“{indicator.ledger}”不存在，最接近的是“{nearest(indicator.ledger, list(ledgers), 1, 0)[0]}”。"
        )
    columns = ledgers[indicator.ledger].columns
    for name in sorted(indicator.looks_at):
        if name not in columns:
            near = nearest(name, list(columns), 1)
            raise SpecError(f"{place}引用的列“{name}”不存在，最接近的是“{near[0] if near else '无'}”。")
    for name, wanted in [*indicator.where.items(), *indicator.of.items()]:
        for value in wanted if isinstance(wanted, list) else [wanted]:
            if columns[name].kind == "vocabulary" and value not in columns[name].values:
                near = nearest(str(value), list(columns[name].values), 1)
                raise SpecError(
                    f"{place}引用的取值“{value}”不在“{columns[name].label}”中，最接近的是“{near[0] if near else '无'}”。"
                )
