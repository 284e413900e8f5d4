"""Spellings in a sheet's closed columns that nobody knows yet, each with what it most likely means: answered with the sheet's form."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fazhi.cleaning.cells import readers
from fazhi.decisions.aliases_edit import OWN, Decision
from fazhi.decisions.answers import decision_of, own_categories
from fazhi.decisions.mapping import column_named
from fazhi.decisions.sheet_form import SheetForm, tables_like
from fazhi.dictionary.models import Ledger
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import SpecError
from fazhi.privacy.private_values import names
from fazhi.recognition.headers import Table
from fazhi.recognition.rows import entries
from fazhi.town_year import TownSettings, TownYear
from fazhi.values.closed_lists import spellings_of
from fazhi.values.likely_meaning import likely_meaning
from fazhi.values.normalise import normalise

_SHARED = {"village": "villages", "office": "offices"}  # kinds whose spellings hold for all ledgers
_LONGEST, _DIGITS = 20, re.compile(r"\d{5}")  # what is longer, or holds a long number, is no name of a category


@dataclass(frozen=True)
class UnreadValue:
    """`written` stands in `column` at `count` places; `means` is "" where nothing is likely, `target` where the meaning is recorded."""

    column: str
    target: str
    written: str
    count: int
    means: str = ""


def values_to_say(town: TownYear, form: SheetForm, said: Mapping[str, str]) -> list[UnreadValue]:
    """The spellings that a form would leave unread, with what the analyst says of them; none while the form itself is not clear."""
    if form.kind or form.asks:
        return []
    found = unread_values(tables_like(town, form), town.settings, town.year)
    return with_answers(found, said, town.settings.specs.ledgers[form.ledger])


def unread_values(tables: Sequence[Table], settings: TownSettings, year: int) -> list[UnreadValue]:
    """The spellings that the sheet's tables would leave unread, column by column, the most frequent first; none that names a person."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for table in tables:
        spec = settings.specs.ledgers[table.ledger]
        below, read = entries(table), readers(table, settings, year)
        persons = _persons(spec, below.columns)
        for name, cells in below.columns.items():
            column = spec.columns[name]
            if column.private or not (column.is_closed or column.kind in ("boolean", "village", "office")):
                continue
            unread = {cell for cell in set(cells) if isinstance(cell, str) and read[name](cell, None).fault}
            texts = Counter(normalise(cell) for cell in cells if cell in unread)
            shown = {text: count for text, count in texts.items() if _may_be_shown(text, persons)}
            found.setdefault((table.ledger, name), Counter()).update(shown)
    return [
        UnreadValue(name, _target(ledger, name, settings), text, count, _likely(text, ledger, name, settings))
        for (ledger, name), counts in found.items()
        for text, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _persons(spec: Ledger, columns: Mapping[str, Sequence[object]]) -> set[str]:
    """The names that stand in the sheet's private columns."""
    private = (cells for name, cells in columns.items() if spec.columns[name].private)
    return {name for cells in private for cell in cells for name in names(normalise(cell))}


def _may_be_shown(text: str, persons: Iterable[str]) -> bool:
    return bool(text) and len(text) <= _LONGEST and not _DIGITS.search(text) and not any(p in text for p in persons)


def _target(ledger: str, name: str, settings: TownSettings) -> str:
    return _SHARED.get(settings.specs.ledgers[ledger].columns[name].kind, f"{ledger}.{name}")


def _likely(text: str, ledger: str, name: str, settings: TownSettings) -> str:
    known = settings.vocabularies[ledger].get(name)
    return likely_meaning(text, spellings_of(settings.specs.ledgers[ledger].columns[name], known))


def with_answers(found: Sequence[UnreadValue], said: Mapping[str, str], spec: Ledger) -> list[UnreadValue]:
    """The spellings with what the analyst says of them: `列:写法` → meaning, the column by label or id.

    Raises `SpecError` where a word is no column, or no spelling that is asked about.
    """
    answers: dict[tuple[str, str], str] = {}
    for key, means in said.items():
        column, colon, written = (part.strip() for part in key.replace("：", ":").partition(":"))
        if not colon:
            raise SpecError(f"“{key}={means}”应写成 列:写法=意思，如 纠纷类型:口角=邻里纠纷。没有改动。")
        answers[column_named(column, spec), normalise(written)] = means
    asked = {(one.column, one.written) for one in found}
    for column, written in answers.keys() - asked:
        near = "、".join(nearest(written, [text for name, text in asked if name == column], 3, 0)) or "无"
        raise SpecError(f"「{spec.columns[column].label}」没有待定的写法“{written}”，有：{near}。没有改动。")
    return [replace(one, means=answers.get((one.column, one.written), one.means)) for one in found]


def decisions_of(found: Sequence[UnreadValue], settings: TownSettings) -> list[Decision]:
    """What is to be recorded in aliases.yml. Raises `SpecError` where an answer is not known."""
    made: list[Decision] = []
    for one in found:
        if one.means == OWN:
            made += own_categories(settings.specs, one.target, (one.written,))
        elif one.means:
            made.append(decision_of(settings, one.target, one.written, one.means))
    return list(dict.fromkeys(made))
