"""One question a form: how a sheet's table may be read, what the analyst changes of that, and the form that it becomes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from fazhi.decisions.form_file import form_content, form_name
from fazhi.decisions.mapping import Choice, cells_below, column_named, mapping, needed_columns, unsettled, with_fitting
from fazhi.decisions.masked_kinds import masked_kind
from fazhi.dictionary.aliases import NO_LEDGER
from fazhi.dictionary.form import Form, form_of_content, with_towns
from fazhi.dictionary.models import Ledger, Unit
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import LedgerError, SpecError
from fazhi.intake import RawFile, RawSheet, Reader
from fazhi.issues import Issue
from fazhi.recognition.forms import form_of, heading_places
from fazhi.recognition.headers import Table, titles_above
from fazhi.recognition.ledgers import recognise
from fazhi.recognition.other_towns import divides_towns
from fazhi.recognition.proposals import Proposal, headings_of, propose, shape_header
from fazhi.recognition.raw_folder import raw_files
from fazhi.recognition.return_sheet import is_return_sheet
from fazhi.town_year import TownSettings, TownYear
from fazhi.values.normalise import bare, normalise
from fazhi.values.titles import headings_print, title_match

KINDS = {NO_LEDGER: "other", "计划": "plan", "样表": "sample", "汇总": "summary"}  # what a sheet may be beside a ledger
_NAMED = re.compile(r"(?P<file>.+?)\[(?P<sheet>[^\[\]]+)\]")
_ANNEX = re.compile(r"^附[件表]\s*\d*\s*[:：]\s*")
_NOTE = re.compile(
    r"^(?!附[件表]\s*\d*\s*:).*:|。|^[(（].*[)）]$"
)  # no title: 填报单位:…, a sentence, a bracketed line
_YEAR = re.compile(r"(?:19|20)\d\d\s*年?度?")
_OWN = ("id", "of_town", "title", "source", "kind", "ledger", "headings", "columns", "ignore")  # what is made anew
_MOST_ALIKE = 40  # further files of the same headings, such as one a village, that are looked at
_SURE = 0.5  # of a ledger's columns that must be there are found: it need not be asked which ledger it is


@dataclass(frozen=True)
class SheetForm:
    """A sheet and how it is to be read. `columns` heading -> column; `kind` is "" for a ledger; `asks` is what must be said first."""

    file: RawFile
    sheet: RawSheet
    proposal: Proposal
    ledger: str
    kind: str
    columns: Mapping[str, str]
    likely: frozenset[str]  # headings whose column is likely, not certain
    always: Mapping[str, str]
    title: str
    name: str
    unsure: bool = False  # which ledger it is
    asks: str = ""
    base: Form | None = None  # the form that the sheet is on already
    towns: frozenset[str] = frozenset()  # headings of columns that say of which town a row is

    @property
    def content(self) -> dict[str, Any]:
        """What the form's file is to say."""
        headings = list(dict.fromkeys(self.proposal.headings.values()))
        if self.kind:
            return form_content(self.title, headings, "", {}, kind=self.kind)
        more = self.base.model_dump(exclude_defaults=True, exclude=set(_OWN)) if self.base else {}
        if self.always:
            more["constants"] = {**more.get("constants", {}), **self.always}
        return form_content(self.title, headings, self.ledger, self.columns, kept=self.towns, **more)

    def looks(self, heading: str) -> str:
        """What a column holds, in a word."""
        return masked_kind(cells_below(self.sheet, self.proposal, heading))


def find_sheet(town: TownYear, named: str) -> tuple[RawFile, RawSheet]:
    """The file and sheet that `文件` or `文件[工作表]` names, below the year's raw folder.

    Raises `LedgerError` where there is none, it cannot be read, or several sheets could be meant.
    """
    file, wanted = _read(town, named)
    if file.refused:
        raise LedgerError(f"{file.path}：{file.refused}")
    sheets = [sheet for sheet in file.sheets if not is_return_sheet(sheet)]
    if wanted:
        found = [sheet for sheet in sheets if sheet.name == wanted]
        if not found:
            raise LedgerError(f"{file.path} 没有工作表“{wanted}”，有：{'、'.join(sheet.name for sheet in sheets)}。")
        return file, found[0]
    tables = _kinds_of_tables(sheets)
    if len(tables) > 1:
        read = {table.sent.name for table in recognise(file, town.settings)[0]}
        tables = [sheet for sheet in tables if sheet.name not in read] or tables
    if len(tables) > 1:
        ways = "；".join(f'fazhi accept "{file.path}[{sheet.name}]"' for sheet in tables)
        raise LedgerError(f"{file.path} 有几张工作表，请指明一张：{ways}。")
    if not tables:
        raise LedgerError(f"{file.path} 里没有像表格的内容（至少三个列名，下面有行）。")
    return file, tables[0]


def _kinds_of_tables(sheets: Sequence[RawSheet]) -> list[RawSheet]:
    """A sheet of each kind of table: those with the same headings are one form."""
    found: dict[frozenset[str], RawSheet] = {}
    for sheet in sheets:
        header = shape_header(sheet)
        if header is not None:
            found.setdefault(frozenset(headings_of(header).values()), sheet)
    return list(found.values())


def _read(town: TownYear, named: str) -> tuple[RawFile, str]:
    known = {_relative(town, path): path for path in raw_files(town.workspace, town.year)}
    wanted = named.replace("\\", "/")
    parts = _NAMED.fullmatch(wanted)
    tries = [(wanted, ""), *([(parts["file"], parts["sheet"])] if parts else [])]
    for text, sheet in tries:
        found = [path for path in known if path == text] or [path for path in known if text.endswith(f"/{path}")]
        found = found or [path for path in known if PurePosixPath(path).name == text]
        if len(found) > 1:
            raise LedgerError(f"有几个文件叫“{text}”，请写明文件夹：{'、'.join(found)}。")
        if found:
            with Reader() as reader:
                return reader.read(known[found[0]], found[0]), sheet
    near = "、".join(nearest(tries[-1][0], list(known))) or "无"
    raise LedgerError(f"data/raw/{town.year} 下没有文件“{tries[-1][0]}”，相近的有：{near}。")


def sheet_form(town: TownYear, named: str, choice: Choice) -> SheetForm:
    """Work out how a sheet is to be read: as proposed, with what the analyst says of it.

    Parameters
    ----------
    town
        The town's year.
    named
        `文件` or `文件[工作表]`, below the year's raw folder.
    choice
        What the analyst says; all else is proposed.

    Raises
    ------
    SpecError
        A word is no ledger, column or heading; with the nearest known.
    """
    file, sheet = find_sheet(town, named)
    settings = town.settings
    base = _known_form(sheet, settings, choice)
    accepted = settings.aliases.files.get(f"{file.path}[{sheet.name}]", settings.aliases.files.get(file.path, ""))
    if not choice.ledger:
        choice = replace(choice, ledger=base.ledger if base else accepted)
    kind, ledger = _ledger(choice.ledger, settings)
    proposal = propose(file, sheet, settings, ledger)
    if proposal is None:
        raise LedgerError(f"{file.path}「{sheet.name}」没有像表格的内容（至少三个列名，下面有行）。")
    if base is not None:
        proposal = _on_base(proposal, base)
    spec = settings.specs.ledgers[proposal.ledgers[0]]
    proposal = with_fitting(sheet, proposal, spec, base.makes if base else ())
    title = base.title if base is not None and base.of_town else _title(file, sheet, proposal, settings.unit)
    columns, likely = mapping(proposal, spec, choice)
    always = {column_named(name, spec): value for name, value in choice.always.items()}
    unsure = not (choice.ledger or _is_sure(file, sheet, proposal, spec))
    asks = "还不能确定是哪一本台账" if unsure else "" if kind else unsettled(proposal, spec, columns, choice)
    name = _name(town, choice, title, base, set(proposal.headings.values()))
    towns = _of_towns(sheet, proposal, choice)
    return SheetForm(
        file, sheet, proposal, spec.id, kind, columns, likely, always, title, name, unsure, asks, base, towns
    )


def _of_towns(sheet: RawSheet, proposal: Proposal, choice: Choice) -> frozenset[str]:
    """The headings by which rows are divided among towns, unless the analyst dismisses them by name."""
    dismissed = {bare(heading) for heading in choice.ignore}
    headings = (heading for heading in proposal.headings.values() if bare(heading) not in dismissed)
    return frozenset(h for h in headings if divides_towns(h, cells_below(sheet, proposal, h)))


def _known_form(sheet: RawSheet, settings: TownSettings, choice: Choice) -> Form | None:
    """The form that the sheet is on already, where it is of the ledger that the analyst means."""
    found = form_of(sheet, settings.forms)
    if found is None or not found[0].ledger:
        return None
    same = not choice.ledger or _ledger(choice.ledger, settings)[1] == found[0].ledger
    return found[0] if same else None


def _on_base(proposal: Proposal, base: Form) -> Proposal:
    """The proposal with what the known form says of its headings."""
    places = heading_places(proposal.header, list(base.columns))
    from_base = {
        proposal.headings[at]: base.columns[heading] for heading, at in places.items() if at in proposal.headings
    }
    ignored = heading_places(proposal.header, base.ignore).values()
    silent = {proposal.headings[at] for at in ignored if at in proposal.headings}
    made = {*from_base.values(), *base.makes}
    certain = {h: c for h, c in proposal.columns.items() if h not in silent and c not in made}
    return replace(
        proposal,
        columns={**certain, **from_base},
        offers={h: columns for h, columns in proposal.offers.items() if h not in silent and h not in from_base},
    )


def _name(town: TownYear, choice: Choice, title: str, base: Form | None, headings: set[str]) -> str:
    """The form's file: as said, that of the town's form for these headings, else by its title and one that is free."""
    if choice.name:
        return form_name(choice.name)
    folder, name = town.workspace.forms_folder, form_name(title)
    if base is not None and set(base.headings) == headings and (folder / f"{base.id}.yml").exists():
        return base.id
    numbers = (f"{name}_{number}" for number in range(2, 1000))
    return (
        name
        if not (folder / f"{name}.yml").exists()
        else next(n for n in numbers if not (folder / f"{n}.yml").exists())
    )


def _ledger(word: str, settings: TownSettings) -> tuple[str, str]:
    """The kind and the ledger that a word names: one of both is empty."""
    if word in KINDS or not word:
        return KINDS.get(word, ""), ""
    ledgers = settings.specs.ledgers
    names = {spec.title: name for name, spec in ledgers.items()} | {name: name for name in ledgers}
    names |= {spec.title.removesuffix("台账"): name for name, spec in ledgers.items()}
    if word not in names:
        near = "、".join(nearest(word, [spec.title for spec in ledgers.values()], 3, 0))
        raise SpecError(f"没有台账“{word}”，最接近的是：{near}。不是台账的写：{'、'.join(KINDS)}。")
    return "", names[word]


def _title(file: RawFile, sheet: RawSheet, proposal: Proposal, unit: Unit) -> str:
    """What the form may be called: the first title above its table without the year and the village, else the file's name."""
    texts = [*titles_above(sheet, proposal.header), PurePosixPath(file.path).stem]
    titles = (_ANNEX.sub("", normalise(text)) for text in texts if not _NOTE.search(normalise(text)))
    villages = re.compile("|".join(map(re.escape, sorted(unit.villages, key=len, reverse=True))) or "(?!)")
    plain = (" ".join(villages.sub("", _YEAR.sub("", text)).split()) for text in titles)
    return next((text for text in plain if len(bare(text)) >= 2 and len(text) <= 40), sheet.name)


def _is_sure(file: RawFile, sheet: RawSheet, proposal: Proposal, spec: Ledger) -> bool:
    """Whether a title names the ledger, or the columns that it must have are there."""
    texts = [*titles_above(sheet, proposal.header), sheet.name, PurePosixPath(file.path).stem]
    if any(title_match(text, spec) >= 1 for text in texts):
        return True
    found, needed = set(proposal.columns.values()), needed_columns(spec)
    return len(found) >= 3 and len(found & set(needed)) > _SURE * len(needed)


def read_with(town: TownYear, form: SheetForm, file: RawFile | None = None) -> tuple[list[Table], list[Issue]]:
    """The tables of a file, its own or another, that would be read as the form says once it is recorded; what would then be
    asked of its sheet."""
    settings = town.settings
    made: Form = form_of_content(form.name, form.content, settings.specs.ledgers)
    forms = with_towns([made], [one for one in settings.forms if set(one.headings) != set(made.headings)])
    tables, issues = recognise(file or form.file, replace(settings, forms=forms))
    mine = [issue for issue in issues if issue.sheet == form.sheet.name and issue.severity != "info"]
    keys = set(form.proposal.headings.values())
    return [table for table in tables if keys <= set(headings_of(table.header).values())], mine


def tables_like(town: TownYear, form: SheetForm) -> list[Table]:
    """The tables that would be read as the form says, in its own file and in the year's others with the same headings."""
    tables = read_with(town, form)[0]
    mine = headings_print(form.proposal.headings.values())
    alike = {place.rpartition("[")[0] for place, known in town.results.sources().headings.items() if known == mine}
    paths = [path for path in raw_files(town.workspace, town.year) if _relative(town, path) in alike - {form.file.path}]
    with Reader() as reader:
        for path in paths[:_MOST_ALIKE]:
            file = reader.read(path, _relative(town, path))
            tables += read_with(town, form, file)[0] if not file.refused else []
    return [table for table in tables if table.ledger == form.ledger]


def _relative(town: TownYear, path: Path) -> str:
    return path.relative_to(town.workspace.raw(town.year)).as_posix()


def try_form(town: TownYear, form: SheetForm) -> tuple[bool, Sequence[Issue]]:
    """Whether the sheet is read, or set aside, as the form says once it is recorded; what would then still be asked of it."""
    tables, issues = read_with(town, form)
    ledgers = {table.ledger for table in tables if table.sent.name == form.sheet.name}
    return ledgers == ({form.ledger} if not form.kind else set()), issues
