"""What a year's files hold of private values, noted as keyed digests: for the cleaning, which takes them out of what it
passes on, and for the gate, which searches every output for them. Those of earlier years count too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fazhi.dictionary.loading import own_phrases
from fazhi.privacy.folded_text import squeezed
from fazhi.privacy.private_index import PrivateIndex
from fazhi.recognition.headers import Table, text_at
from fazhi.recognition.survey import Survey
from fazhi.town_year import TownSettings
from fazhi.values.normalise import compact, normalise
from fazhi.workspace.files import read_as, write_notes
from fazhi.workspace.key import load_key
from fazhi.workspace.paths import Workspace

FILE = "accounts/_private.json"
QUOTED = "accounts/_quoted.json"  # what the cleaning reads of it, so that no ledger's has to read all


def note_private(workspace: Workspace, settings: TownSettings, found: Survey) -> PrivateIndex:
    """Write the year's digests, and by ledger those that stand where cleaning reads them; give back all that is hidden."""
    from fazhi.privacy.private_values import private_values  # of the survey alone: notebooks do not load it

    key = load_key(workspace.key_file)
    mine = PrivateIndex.of(private_values(found, settings, printed_words(workspace, found.year)), key)
    hidden = _joined([mine, *_earlier(workspace, found.year, key)], workspace, found.year, settings)
    folder = workspace.processed(found.year)
    standing = {
        name: hidden.standing_in(_passed_on(found, name, settings), clerks=True) for name in sorted(found.ledgers)
    }
    quoted = {name: {digest: kind for digest, kind in sorted(stands) if digest} for name, stands in standing.items()}
    write_notes(folder / FILE, mine.as_json())
    write_notes(folder / QUOTED, {"kinds": quoted, "starts": dict(hidden.starts), "lengths": list(hidden.lengths)})
    return hidden


def hidden_values(workspace: Workspace, year: int, settings: TownSettings, ledger: str = "") -> PrivateIndex:
    """All that is hidden in a year's outputs, of the files of that year and of those before it.

    Parameters
    ----------
    workspace, year, settings
        The town's year.
    ledger
        Only what stands in this ledger's own tables, outside their private columns; empty: all.

    Returns
    -------
    PrivateIndex
        Keyed digests, never the values; it tells where they stand in a text.
    """
    key = load_key(workspace.key_file)
    if not ledger:
        return _joined([_stored(workspace, year, key), *_earlier(workspace, year, key)], workspace, year, settings)
    noted = _read(workspace.processed(year) / QUOTED)
    kinds = noted.get("kinds", {}).get(ledger, {})
    return PrivateIndex(key, kinds, noted.get("starts", {}), noted.get("lengths", ()), own_words(settings))


def _joined(parts: Sequence[PrivateIndex], workspace: Workspace, year: int, settings: TownSettings) -> PrivateIndex:
    """All parts as one, without what the analyst has said to be no name, in whichever year."""
    hidden = PrivateIndex.joined(parts, own_words(settings)).without(map(compact, settings.aliases.not_names))
    return replace(hidden, printed=printed_words(workspace, year))


def printed_words(workspace: Workspace, year: int) -> str:
    """What the year's own report.md says, without white space; "" where there is none, or it is no text."""
    try:
        return "".join(workspace.report_template(year).read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError):
        return ""


def quoted(workspace: Workspace, year: int, ledger: str) -> str:
    """What cleaning a ledger depends on besides its own files."""
    return " ".join(_read(workspace.processed(year) / QUOTED).get("kinds", {}).get(ledger, {}))


def digests(workspace: Workspace, year: int) -> frozenset[str]:
    """What the year's own files hide."""
    noted = _read(workspace.processed(year) / FILE)
    return frozenset({*noted.get("kinds", {}), *noted.get("starts", {})})


def earlier_files(workspace: Workspace, year: int) -> dict[str, Path]:
    """The notes of the years before, label -> path."""
    return {f"{y}年个人信息": workspace.processed(y) / FILE for y in workspace.years() if y < year}


def own_words(settings: TownSettings) -> str:
    """The town's own terms to print: its name, villages, offices, heads, the offices its ledgers come from, its dictionary."""
    unit = settings.unit
    owing = sorted({ledger.office for ledger in settings.specs.ledgers.values()})
    return "|".join(
        (
            unit.name,
            unit.issuer,
            *unit.villages,
            *unit.offices,
            *unit.sections.values(),
            *owing,
            *own_phrases(settings.specs.own),
        )
    ).casefold()


def _read(path: Path) -> dict[str, Any]:
    return read_as(path, dict) if path.exists() else {}


def _stored(workspace: Workspace, year: int, key: bytes) -> PrivateIndex:
    noted = _read(workspace.processed(year) / FILE)
    return PrivateIndex(key, noted.get("kinds", {}), noted.get("starts", {}), noted.get("lengths", ()))


def _earlier(workspace: Workspace, year: int, key: bytes) -> list[PrivateIndex]:
    return [_stored(workspace, before, key) for before in workspace.years() if before < year]


def _passed_on(found: Survey, ledger: str, settings: TownSettings) -> set[str]:
    """The texts of a ledger's tables that a clean table or a message may repeat."""
    written = {text for _, table in found.of(ledger) for text in _texts(table, settings)}
    return written | {squeezed(text) for text in written if " " in text}


def _texts(table: Table, settings: TownSettings) -> Iterator[str]:
    columns, sheet = settings.specs.ledgers[table.ledger].columns, table.sheet
    shown = [place for name, place in table.columns.items() if not columns[name].names_people]
    for number, cells in enumerate(sheet.rows[: table.first_data_row]):
        yield from (text_at(sheet, number, place) for place in range(len(cells)))
    for place in shown:
        yield from (normalise(cell) for cell in sheet.distinct_in(place) if isinstance(cell, str))
