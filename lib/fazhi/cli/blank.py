"""`fazhi blank`: blank ledgers for the offices to fill in."""

import json
from pathlib import Path

from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import LedgerError
from fazhi.returns.blank_form import blank_form
from fazhi.town_year import TownSettings, read_settings
from fazhi.workspace.files import write_bytes
from fazhi.workspace.paths import place

FOLDER = "blank"  # in the workspace


def blank_command(folder: Path | None, ledger: str, year: int, *, as_json: bool = False) -> int:
    """Write the blank form of one ledger, or of all that the town owes, below `blank/<year>/<office>/`; say where."""
    workspace = place(folder)
    settings = read_settings(workspace)
    written = []
    for name in _named(settings, ledger):
        spec = settings.specs.ledgers[name]
        path = workspace.root / FOLDER / str(year) / spec.office / f"{year}年{settings.unit.name}{spec.title}.xlsx"
        written.append(str(write_bytes(path, blank_form(spec, settings.unit, year))))
    print(json.dumps({"written": written}, ensure_ascii=False, indent=2) if as_json else "\n".join(written))
    return 0


def _named(settings: TownSettings, word: str) -> list[str]:
    """The ledgers meant, by id or title; all that the town owes where none is named. Raises LedgerError that names the nearest."""
    ledgers = settings.specs.ledgers
    if not word:
        return [name for name in ledgers if settings.owes(name)]
    names = {name: name for name in ledgers} | {spec.title: name for name, spec in ledgers.items()}
    names |= {spec.title.removesuffix("台账"): name for name, spec in ledgers.items()}
    if word not in names:
        raise LedgerError(f"没有台账“{word}”，最接近的是：{'、'.join(nearest(word, list(names), 3, 0))}。")
    return [names[word]]
