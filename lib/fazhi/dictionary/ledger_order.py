"""The order in which ledgers stand wherever readers see them is data: by office, then as the office's list has them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from fazhi.dictionary.models import Ledger
from fazhi.errors import SpecError

FILE = "ledger_order.yml"


def in_order(ledgers: Mapping[str, Ledger], order: Mapping[str, Sequence[str]]) -> dict[str, Ledger]:
    """`ledgers` by office (key of `order`), then by its list; one that is not listed after the others of its office, by name.

    Raises SpecError for a name that is listed twice, is no ledger, or stands below an office that does not owe it.
    """
    listed = [(office, name) for office, names in order.items() for name in names]
    offices, names = list(order), [name for _, name in listed]
    for office, name in listed:
        if name not in ledgers:
            raise SpecError(f"{FILE}「{office}」中的“{name}”不是台账。请照 ledgers 文件夹中的文件名改正。")
        if ledgers[name].office != office:
            raise SpecError(f"{FILE} 把“{name}”排在{office}，而它由{ledgers[name].office}报送。请改正其中一处。")
        if names.count(name) > 1:
            raise SpecError(f"{FILE} 中“{name}”写了两次。请删去一处。")

    def place(name: str) -> tuple[int, int, str]:
        office = ledgers[name].office
        rank = offices.index(office) if office in offices else len(offices)
        return rank, names.index(name) if name in names else len(names), name

    return {name: ledgers[name] for name in sorted(ledgers, key=place)}


def office_key(ledgers: Iterable[Ledger]) -> Callable[[str], tuple[int, str]]:
    """A sort key of offices: no office first, those that owe ledgers in the ledgers' order, others after them by name."""
    offices = dict.fromkeys(["", *(ledger.office for ledger in ledgers)])
    ranks = {office: rank for rank, office in enumerate(offices)}
    return lambda office: (ranks.get(office, len(ranks)), office)
