"""The dictionary as it is laid down: ledgers, indicators and other entries, a town's own over the package's."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from fazhi.dictionary.ledger_order import FILE, in_order
from fazhi.dictionary.models import Indicator, Ledger, Specs
from fazhi.dictionary.own_files import LEDGERS, PLACE, Texts
from fazhi.dictionary.references import check_indicator, check_roles, replaced_ledger_hint
from fazhi.dictionary.yaml_reading import build_named, parse_yaml, read_yaml
from fazhi.errors import Faults, SpecError

RESERVED = frozenset({"source_file", "source_sheet", "source_row"})


def layered(name: str, own: Texts) -> dict[str, tuple[str, Any]]:
    """The entries of a file of the dictionary: key -> how messages name it, content. The town's own replace the package's or follow."""
    label, texts = f"{PLACE}/{name}", dict(own)
    found = {key: (f"{name}「{key}」", body) for key, body in _packaged(name).items()}
    written = parse_yaml(texts[name], label) if name in texts else {}
    return found | {str(key): (f"{label}「{key}」", body) for key, body in written.items()}


@cache
def _packaged(name: str) -> dict[str, Any]:
    """A file of the package's dictionary; read once, for many towns."""
    return read_yaml(Path(str(resources.files("fazhi.dictionary").joinpath(name))), name)


def build_layered(model: type[BaseModel], name: str, own: Texts) -> dict[str, tuple[str, Any]]:
    """The same, each content as a checked `model`. Raises SpecError with the faults of all entries."""
    made, faults = {}, Faults()
    for key, (place, body) in layered(name, own).items():
        with faults.collected():
            made[key] = (place, build_named(model, key, body, place))
    faults.raise_all()
    return made


def load_specs(own: Texts = ()) -> Specs:
    """The ledgers and indicators that come with the package, a town's own laid over them, cross-checked.

    Parameters
    ----------
    own
        The files of the town's dictionary (`read_own`); those that were read last are kept.

    Raises
    ------
    SpecError
        An unknown or missing key, or a reference that leads nowhere; the message names file and nearest name.
    """
    return _specs(own)


@lru_cache(maxsize=16)
def _specs(own: Texts) -> Specs:
    ledgers = _packaged_ledgers() | own_ledgers(own)
    replaced = {name for name, _ in own}
    ordered = in_order(ledgers, _order(own, ledgers))
    indicators, faults = {}, Faults()
    for key, (place, indicator) in build_layered(Indicator, "indicators.yml", own).items():
        with faults.collected(), replaced_ledger_hint(place, f"{LEDGERS}{indicator.ledger}.yml" in replaced):
            check_indicator(indicator, ordered, place)
        indicators[key] = indicator
    faults.raise_all()
    return Specs(ledgers=ordered, indicators=indicators, own=own)


@cache
def _packaged_ledgers() -> dict[str, Ledger]:
    folder = resources.files("fazhi.dictionary").joinpath("ledgers")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yml"))
    contents = {name: read_yaml(Path(str(folder.joinpath(name))), f"{LEDGERS}{name}") for name in names}
    return {name.removesuffix(".yml"): _ledger(f"{LEDGERS}{name}", content) for name, content in contents.items()}


def own_ledgers(own: Texts) -> dict[str, Ledger]:
    """The ledgers of a town's dictionary, by id."""
    made, faults = {}, Faults()
    for name, text in own:
        if name.startswith(LEDGERS):
            with faults.collected():
                ledger = _ledger(f"{PLACE}/{name}", parse_yaml(text, f"{PLACE}/{name}"))
                made[ledger.id] = ledger
    faults.raise_all()
    return made


def _ledger(label: str, content: Any) -> Ledger:
    name = label.rpartition("/")[2].removesuffix(".yml")
    ledger: Ledger = build_named(Ledger, name, content, label)
    wrong = [word for word in (name, *ledger.columns) if not re.fullmatch("[a-z][a-z0-9_]*", word)]
    if wrong or RESERVED & {*ledger.columns}:
        raise SpecError(
            f"{label}：名称“{(wrong or sorted(RESERVED & {*ledger.columns}))[0]}”不能用。文件名和列名应为小写英文、数字和下划线，"
            f"如 facility_checks，不能是 {'、'.join(sorted(RESERVED))}。"
        )
    check_roles(ledger, label)
    return ledger


def own_phrases(own: Texts) -> list[str]:
    """What a town's dictionary says, without comments: titles, labels, values."""
    return [text for name, written in own for text in _strings(parse_yaml(written, f"{PLACE}/{name}"))]


def _strings(content: Any) -> Iterator[str]:
    match content:
        case dict():
            yield from _strings([*content, *content.values()])
        case list():
            yield from (text for part in content for text in _strings(part))
        case str():
            yield content


def _order(own: Texts, ledgers: dict[str, Ledger]) -> dict[str, list[str]]:
    """The order of the package, without the ledgers that the town has given to another office."""
    given = set(own_ledgers(own))
    order: dict[str, list[str]] = _packaged(FILE)
    return {
        office: [name for name in names if name not in given or ledgers[name].office == office]
        for office, names in order.items()
    }


def yearly_ledgers(specs: Specs) -> tuple[str, ...]:
    """The ledgers that are cleaned for every year there is, since their trends are part of each run."""
    return tuple(name for name, ledger in specs.ledgers.items() if ledger.trends and ledger.trends.every_year)
