"""What `aliases.yml` says that spellings mean must exist: a village or office of the town, a value of a closed list.

One that does not would stand in the clean tables as a place or category of its own, and be missing from every table by village.
"""

from collections.abc import Collection, Iterator, Mapping

from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.models import Specs
from fazhi.dictionary.yaml_reading import nearest


def target_faults(aliases: Aliases, specs: Specs, villages: Collection[str], offices: Collection[str]) -> Iterator[str]:
    """A sentence for each meaning that is none, with the nearest that is.

    `specs` with the town's own values; `villages` and `offices` are those of any of the town's years, as accepted spellings hold
    for all of them.
    """
    for section, written, known, what in (
        ("villages", aliases.villages, villages, "本镇的村（居）"),
        ("offices", aliases.offices, offices, "本镇的科室"),
    ):
        yield from _faults(f"{section} ", written, known, what)
    closed = {"village": villages, "office": offices}
    for key, meanings in aliases.values.items():
        ledger, _, name = key.partition(".")
        column = specs.ledgers[ledger].columns[name]
        names = column.values if column.kind == "vocabulary" else closed.get(column.kind)
        if names is not None:
            what = f"{specs.ledgers[ledger].title}“{column.label}”的取值"
            yield from _faults(f"values 的 {key} ", meanings, names, what)


def _faults(place: str, meanings: Mapping[str, object], known: Collection[str], what: str) -> Iterator[str]:
    for written, means in meanings.items():
        if means is not None and str(means) not in known:
            near = nearest(str(means), list(known), 1, 0)
            hint = f"，最接近的是“{near[0]}”" if near else ""
            yield f"aliases.yml 的 {place}中“{written}”的意思“{means}”不是{what}{hint}。请改正，或删去这一条。"
