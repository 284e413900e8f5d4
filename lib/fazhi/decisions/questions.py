"""What an analyst can decide about the last run: spellings, titles, files and plan targets of unknown meaning."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fazhi.cleaning.decided import answers_to
from fazhi.decisions.aliases_edit import OWN, present_meaning, shown
from fazhi.decisions.alike import clusters
from fazhi.decisions.counted_once import TARGET, about, repeat_questions
from fazhi.dictionary.aliases import NO_INDICATOR, NO_LEDGER
from fazhi.dictionary.models import Column
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import LedgerError
from fazhi.issues import MASK, Issue
from fazhi.town_year import TownYear
from fazhi.values.closed_lists import Villages, Vocabulary, spellings_of
from fazhi.values.likely_meaning import likely_meaning
from fazhi.values.titles import headings_print
from fazhi.workspace.files import fingerprint

# What an analyst says means nothing is not asked about again; a day that the calendar does not have is for its office to mend.
_QUOTED = re.compile(r"“(.*)”（(?!未填）|月份不存在|该月没有这一天)")
_SHARED = {"village": "villages", "office": "offices"}  # kinds whose spellings hold for all ledgers
_ABOUT_FILES = ("sheet_unknown", "sheet_ambiguous", "header_missing")
_VALUES = ("value_unknown", "value_unreadable", "row_quarantined")


@dataclass(frozen=True)
class Question:
    """`written` stands in ledgers at `count` places, `place` the first; `target` is where its meaning is to be recorded.

    `decided` is what the analyst has recorded since the run, empty while the question is open. `settled` is one that a rule
    or an earlier decision answers already, which may be changed.
    """

    target: str
    written: str
    about: str
    count: int
    place: str
    nearest: tuple[str, ...]
    decided: str = ""
    settled: bool = False
    also: tuple[str, ...] = ()  # further spellings so near that one answer holds for all
    command: str = ""  # by which all of its sheet is answered at once
    advice: str = ""  # what holds until it is answered, and what the answers do


def questions(town: TownYear, aliases: str) -> list[Question]:
    """The questions of the last run, in a fixed order; `aliases` is the present text of aliases.yml.

    Raises LedgerError where the year has not been run.
    """
    if not town.results.is_counted:
        raise LedgerError(f"{town.year}年还没有结果。请先运行 fazhi run {town.year}。")
    issues = town.results.issues()
    found = [*_values(town, issues), *_titles(town, issues), *_files(town, issues)]
    asked_of = list(_plans(town))
    found += [one for one in asked_of if not one.settled]
    found += _repeated(issues, settled=False)
    found += [one for one in asked_of if one.settled]
    return [_answered(question, aliases) for question in (*found, *_repeated(issues, settled=True))]


def _answered(question: Question, aliases: str) -> Question:
    if question.decided:
        return question
    known, means = present_meaning(aliases, path_of(question.target), question.written)
    if known:
        return replace(question, decided=shown(means))
    _, own = present_meaning(aliases, ("own",), question.target)
    return replace(question, decided=OWN) if question.written in (own or ()) else question


def path_of(target: str) -> tuple[str, ...]:
    """The sections of aliases.yml that a target's entries stand in."""
    if target.startswith("columns."):
        return ("columns", target.removeprefix("columns."))
    return ("values", target) if "." in target else (target,)


def _values(town: TownYear, issues: Sequence[Issue]) -> Iterator[Question]:
    """Values that could not be read, the most frequent first; near-equal spellings of a closed list are one question.

    One that was cut or masked in its issue cannot be offered: it is recorded by hand.
    """
    found: dict[str, dict[str, list[Issue]]] = {}
    about: dict[str, tuple[str, str]] = {}
    for issue in (issue for issue in issues if issue.kind in _VALUES and issue.ledger):
        quoted = _QUOTED.match(issue.found)
        columns = town.settings.specs.ledgers[issue.ledger].columns
        name = next((name for name, column in columns.items() if column.label == issue.column), None)
        if (
            quoted is None
            or name is None
            or MASK in quoted[1]
            or quoted[1].endswith("…")
            or not _may_be_quoted(columns[name])
        ):
            continue
        target = _SHARED.get(columns[name].kind, f"{issue.ledger}.{name}")
        found.setdefault(target, {}).setdefault(quoted[1], []).append(issue)
        about.setdefault(target, (issue.ledger, name))
    asked = [one for target, spellings in found.items() for one in _of_target(town, target, spellings, *about[target])]
    yield from sorted(asked, key=lambda question: -question.count)


def _may_be_quoted(column: Column) -> bool:
    """Whether `fazhi accept` can say what is written in the column."""
    return not column.private and column.kind not in ("text", "party", "uscc")


def _of_target(
    town: TownYear, target: str, spellings: Mapping[str, Sequence[Issue]], ledger: str, name: str
) -> Iterator[Question]:
    """The questions about the spellings of one column, or of all villages or offices."""
    known = town.settings.vocabularies[ledger].get(name)
    spec = town.settings.specs.ledgers[ledger]
    ways = spellings_of(spec.columns[name], known)
    likely = {text: likely_meaning(text, ways) for text in spellings}
    near = {text: _nearest(known, text, likely[text]) for text in spellings}
    counts = {text: len(rows) for text, rows in spellings.items()}
    groups = clusters(counts, near, likely) if known is not None else [[text] for text in counts]
    for first, *others in groups:
        count = sum(counts[text] for text in (first, *others))
        title, place = f"{spec.title}「{spec.columns[name].label}」", _place(spellings[first][0])
        at_once = (
            _at_once(town, spellings[first][0]) if known is not None or spec.columns[name].kind == "boolean" else ""
        )
        yield Question(target, first, title, count, place, near[first], also=tuple(others), command=at_once)


def _nearest(known: Vocabulary | Villages | None, text: str, likely: str) -> tuple[str, ...]:
    """The values that a spelling may mean, the likeliest first."""
    near = known.match(text).nearest if known is not None else ()
    return tuple(dict.fromkeys([likely, *near] if likely else near))


def _titles(town: TownYear, issues: Sequence[Issue]) -> Iterator[Question]:
    """Unknown titles of sheets that lack a column: of each sheet those that may be one, all where none is like any."""
    asked = (issue for issue in issues if issue.kind == "columns_missing" and issue.severity != "info")
    places = {(issue.file, issue.sheet): issue for issue in asked}
    prints, forms = town.results.sources().headings, _forms_since(town)
    for ledger, spec in town.settings.specs.ledgers.items():
        found: dict[str, list[Issue]] = {}
        offered: dict[str, Sequence[str]] = {}
        for sheet in town.results.layouts(ledger):
            issue = places.get((sheet.file, sheet.sheet))
            if issue is None:
                continue
            for title, names in sheet.unknown.items():
                if MASK in title or (not names and any(sheet.unknown.values())):  # the office is asked to rename it
                    continue
                found.setdefault(title, []).append(issue)
                offered.setdefault(title, names)
        for title, rows in found.items():
            near = tuple(spec.columns[name].label for name in offered[title])
            yield Question(
                f"columns.{ledger}",
                title,
                f"{spec.title}的列名",
                len(rows),
                _place(rows[0]),
                (*near, NO_LEDGER),
                decided=forms.get(prints.get(f"{rows[0].file}[{rows[0].sheet}]", ""), ""),
                command=_at_once(town, rows[0]),
            )


def _files(town: TownYear, issues: Sequence[Issue]) -> Iterator[Question]:
    """Files, or sheets of a file that holds others, of which it is not clear what they are."""
    asked: dict[str, list[Issue]] = {}
    for issue in issues:
        if issue.kind in _ABOUT_FILES and issue.severity != "info":
            asked.setdefault(issue.file, []).append(issue)
    sources = town.results.sources()
    held = {file for files in sources.ledgers.values() for file in files}
    titles = [ledger.title for ledger in town.settings.specs.ledgers.values()]
    forms = _forms_since(town)
    groups: dict[str, list[tuple[str, Issue]]] = {}
    for file, rows in asked.items():
        alone = len(rows) == 1 and file not in held
        for issue in rows:
            written = file if alone or not issue.sheet else f"{file}[{issue.sheet}]"
            known_by = sources.headings.get(f"{file}[{issue.sheet}]", "")
            groups.setdefault(f"{known_by} {issue.kind}" if known_by else written, []).append((written, issue))
    for key, alike in groups.items():
        (written, issue), *others = alike
        named = [title for title in titles if title in issue.found]
        near = named or nearest(f"{issue.sheet}{issue.file}", titles, 2)
        yield Question(
            "files",
            written,
            "是哪一本台账",
            len(alike),
            _place(issue),
            (*near, NO_LEDGER),
            decided=forms.get(key.partition(" ")[0], ""),
            also=tuple(other for other, _ in others),
            command=_at_once(town, issue),
        )


def _forms_since(town: TownYear) -> dict[str, str]:
    """What the headings of forms that the town has recorded since the run are known by -> what each form's sheets are."""
    ledgers, known = town.settings.specs.ledgers, town.results.sources().inputs
    files = town.workspace.form_files
    fresh = {path.stem for name, path in files.items() if known.get(name) != fingerprint(path)}
    return {
        headings_print(form.headings): ledgers[form.ledger].title if form.ledger else NO_LEDGER
        for form in town.settings.forms
        if form.of_town and form.id in fresh
    }


def _plans(town: TownYear) -> Iterator[Question]:
    """Targets of last year's plan that several indicators may answer for; those of which none does are settled until one is named."""
    indicators = town.settings.specs.indicators
    labels = [indicator.label for indicator in indicators.values()]
    for row in town.statistics().plan_results:
        if row.state in ("none", "several"):
            near = [indicators[name].label for name in row.candidates] or nearest(row.name, labels, 2)
            place = f"{row.file}第 {row.row} 行"
            about_it, answered = "上年计划指标由哪项指标对照", row.state == "none"
            yield Question("plans", row.name, about_it, 1, place, (*near, NO_INDICATOR), settled=answered)


def _repeated(issues: Sequence[Issue], *, settled: bool) -> Iterator[Question]:
    """What may have been reported more than once."""
    for name, issue in repeat_questions(issues, settled=settled):
        advice = "" if settled else issue.advice
        yield Question(TARGET, name, about(issue), 1, _place(issue), answers_to(name), settled=settled, advice=advice)


def _at_once(town: TownYear, issue: Issue) -> str:
    """The command that asks all of a sheet in one question, by the first of the sheets that have its headings."""
    place = f"{issue.file}[{issue.sheet}]"
    headings = town.results.sources().headings
    known_by = headings.get(place, "")
    first = next((other for other, known in headings.items() if known_by and known == known_by), place)
    return f'fazhi accept "{first.removesuffix("[]")}"'


def _place(issue: Issue) -> str:
    sheet = f"「{issue.sheet}」" if issue.sheet else ""
    return f"{issue.file}{sheet}" + (f"第 {issue.row} 行" if issue.row is not None else "")


def numbered(found: Sequence[Question], number: int) -> Question:
    """The question of that number, 1-based."""
    if not 1 <= number <= len(found):
        raise LedgerError(f"没有第 {number} 个问题，共 {len(found)} 个。不带参数运行 fazhi accept 可以列出。")
    return found[number - 1]
