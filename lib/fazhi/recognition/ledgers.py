"""Which ledger a sheet holds, and which cell column is which. What is not certain becomes an issue, never a guess."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from fazhi.dictionary.form import Form
from fazhi.dictionary.loading import nearest
from fazhi.intake import RawFile, RawSheet
from fazhi.issues import Issue
from fazhi.recognition.column_doubts import read_columns
from fazhi.recognition.forms import form_columns, form_of, means_nothing, plan_question
from fazhi.recognition.headers import (
    SAMPLE_ROWS,
    Header,
    Table,
    assign_by_content,
    assign_columns,
    column_texts,
    fits,
    header_candidates,
    money_units,
    share_known,
    text_at,
    texts_above,
)
from fazhi.recognition.return_sheet import is_return_sheet
from fazhi.recognition.stray_tables import several_tables
from fazhi.town_year import TownSettings
from fazhi.values.normalise import bare, normalise
from fazhi.values.titles import REMARK_TITLES, is_known_aside, likely_columns, title_key, title_match

_ASIDE = re.compile(
    r"删除|作废|废弃|废止前|备份|回收站|停用|旧(?:版|表|稿|台账|数据|的)?(?=$|[)）\]】\s\d_.-])|backup|(?<![a-z])bak(?![a-z])",
    re.I,
)
NO_LEDGER = "无关"  # what aliases.yml says of a file that is no ledger


@dataclass(frozen=True)
class _Claim:
    """How well one ledger explains a sheet."""

    ledger: str
    header: Header
    columns: Mapping[str, int]
    covered: float  # share of the ledger's columns found
    explained: float  # share of the sheet's titles that name one of them
    contents: float  # share of closed columns' values that are known
    title: float  # over 1: a title names the ledger; below: a likeness

    @property
    def score(self) -> float:
        return (
            self.covered
            + self.explained
            + 0.5 * self.contents
            + (1.5 * self.title if self.title >= 1 else 0.4 * self.title)
        )

    @property
    def credible(self) -> bool:
        if self.title >= 1:
            return len(self.columns) >= 2 and self.covered >= 0.25
        # In a short table totals, footers and numbered columns weigh against the contents; a title for every column outweighs them.
        contents = 0.25 if self.covered == 1 and len(self.columns) >= 3 else 0.5
        return len(self.columns) >= 2 and self.covered >= 0.6 and self.explained >= 0.5 and self.contents >= contents


def recognise(file: RawFile, settings: TownSettings) -> tuple[list[Table], list[Issue]]:
    """The tables of a file and what is to be asked about it."""
    tables: list[Table] = []
    issues: list[Issue] = []
    dismissed = False
    for sheet in file.sheets:
        if not any(any(text_at(sheet, r, c) for c in range(len(row))) for r, row in enumerate(sheet.rows)):
            continue
        if is_return_sheet(sheet):
            continue
        told = settings.aliases.files.get(f"{file.path}[{sheet.name}]") or settings.aliases.files.get(file.path)
        if told == NO_LEDGER:
            dismissed = True
            continue
        table, problems = _recognise_sheet(file, sheet, settings, told)
        issues += problems
        if table is not None:
            tables.append(table)
    if tables:
        issues = [issue for issue in issues if issue.kind != "sheet_unknown" or issue.severity == "warning"]
    elif not issues and file.sheets and not dismissed:
        issues.append(Issue.of("file_empty", file.path))
    return tables, issues


def _recognise_sheet(
    file: RawFile, sheet: RawSheet, settings: TownSettings, told: str | None
) -> tuple[Table | None, list[Issue]]:
    claims = _claims(file, sheet, settings)
    if told is not None:
        if told not in settings.specs.ledgers:
            advice = f"aliases.yml 的 files 中“{told}”不是台账，最接近的是“{nearest(told, list(settings.specs.ledgers), 1, 0)[0]}”。"
            return None, [Issue.of("sheet_unknown", file.path, sheet.name, found="", expected="台账名", advice=advice)]
        claims = [claim for claim in claims if claim.ledger == told]
    on_form = _on_form(file, sheet, settings, told)
    if on_form is not None:
        return on_form
    credible = [claim for claim in claims if claim.credible or (told and len(claim.columns) >= 1)]
    if not credible:
        return None, [_unknown_sheet(file, sheet, settings, claims)]
    best, *others = credible
    if others and best.score - others[0].score < 0.25:
        titles = "、".join(settings.specs.ledgers[claim.ledger].title for claim in (best, others[0]))
        place = file.path, sheet.name
        return None, [Issue.of("sheet_ambiguous", *place, titles=titles, ledger_name=best.ledger)]
    if told is None and (planned := plan_question(file, sheet, best.header, settings.specs.ledgers[best.ledger])):
        return None, planned
    table, issues = _table(file, sheet, best, settings, told)
    rivals = [claim.header for claim in others if claim.covered >= 0.6 and claim.explained >= 0.5]
    several = several_tables(file, table, settings.titles[best.ledger], rivals)
    if several:
        return table, [*issues, *several]
    table, doubts = read_columns(file, table, settings.specs.ledgers[best.ledger], settings.unit)
    return table, [*issues, *doubts]


def _on_form(
    file: RawFile, sheet: RawSheet, settings: TownSettings, told: str | None
) -> tuple[Table | None, list[Issue]] | None:
    """The sheet's table where it is filled in on a known form; None where it is not, or the analyst says otherwise."""
    found = form_of(header_candidates(sheet), settings.forms)
    if found is None or told not in (None, found[0].ledger):
        return None
    form, header = found
    if told is None and (planned := plan_question(file, sheet, header, settings.specs.ledgers[form.ledger])):
        return None, planned
    columns = form_columns(form, header, settings.titles[form.ledger])
    claim = _claim(file, sheet, form.ledger, header, columns, settings)
    table, issues = _table(file, sheet, replace(claim, columns=columns), settings, told, form)
    return table, [*issues, *several_tables(file, table, settings.titles[form.ledger], [])]


def _claims(file: RawFile, sheet: RawSheet, settings: TownSettings) -> list[_Claim]:
    """What each ledger can say for itself, the best first."""
    headers = header_candidates(sheet)
    claims = []
    for ledger in settings.specs.ledgers:
        found = [(assign_columns(header, settings.titles[ledger]), header) for header in headers]
        columns, header = max(found, key=lambda pair: len(pair[0]), default=({}, None))
        if header is not None and columns:
            claims.append(_claim(file, sheet, ledger, header, columns, settings))
    return sorted(claims, key=lambda claim: -claim.score)


def _claim(
    file: RawFile, sheet: RawSheet, ledger: str, header: Header, columns: dict[str, int], settings: TownSettings
) -> _Claim:
    vocabularies = settings.vocabularies[ledger]
    columns = {**columns, **assign_by_content(sheet, header, columns, vocabularies)}
    titled = [names[0] for names in header.titles if names and not is_known_aside(names[0])]
    shares = [
        share_known(texts, vocabularies[c])
        for c, p in columns.items()
        if c in vocabularies and (texts := column_texts(sheet, header, p))
    ]
    return _Claim(
        ledger,
        header,
        columns,
        covered=len(columns) / len(settings.specs.ledgers[ledger].columns),
        explained=len(columns) / max(1, len(set(titled))),
        contents=sum(shares) / len(shares) if shares else 0.5,
        title=_title_evidence(file, sheet, header, ledger, settings),
    )


def _title_evidence(file: RawFile, sheet: RawSheet, header: Header, ledger: str, settings: TownSettings) -> float:
    """How surely a title above the table, the sheet's name or the file's name says which ledger this is, in that order."""
    above = texts_above(sheet, header)
    spec = settings.specs.ledgers[ledger]
    best = 0.0
    for texts, weight in ((above, 1.0), ([sheet.name], 0.95), ([PurePosixPath(file.path).stem], 0.9)):
        found = max((title_match(text, spec) for text in texts if text), default=0.0)
        if found >= 1:
            return 1 + (found - 1) * weight + weight / 10
        best = max(best, found * weight)
    return best


def _table(
    file: RawFile, sheet: RawSheet, claim: _Claim, settings: TownSettings, told: str | None, form: Form | None = None
) -> tuple[Table, list[Issue]]:
    ledger = settings.specs.ledgers[claim.ledger]
    remark = next(
        (i for i, names in enumerate(claim.header.titles) if names and title_key(names[0]) in REMARK_TITLES), None
    )
    taken = set(claim.columns.values())
    unknown = {
        i: names[0]
        for i, names in enumerate(claim.header.titles)
        if names and i not in taken and not is_known_aside(names[0]) and not (form and means_nothing(form, names[0]))
    }
    missing = tuple(name for name in ledger.columns if name not in claim.columns)
    units = money_units(sheet, claim.header, claim.columns, ledger)
    aside = "" if told else set_aside(file, sheet)
    table = Table(
        claim.ledger,
        sheet,
        claim.header,
        claim.columns,
        units,
        remark,
        unknown,
        missing,
        ledger.date_column,
        form.values if form else {},
        aside,
    )
    return table, _column_issues(file, table, settings)


def set_aside(file: RawFile, sheet: RawSheet) -> str:
    """Why a sheet's records wait for the analyst: it is hidden, or called deleted, void, old or a backup. "" where they count."""
    if not sheet.visible:
        return "工作表是隐藏的"
    for what, name in (("工作表", sheet.name), ("文件", PurePosixPath(file.path).stem)):
        if found := _ASIDE.search(normalise(name)):
            return f"{what}名中有“{found[0]}”"
    return ""


def _column_issues(file: RawFile, table: Table, settings: TownSettings) -> list[Issue]:
    """One issue a sheet for titles that answer to no column and columns that no title answers to, together."""
    ledger = settings.specs.ledgers[table.ledger]
    if not table.missing:
        return []
    needed = [
        n
        for n in table.missing
        if ledger.columns[n].required or (ledger.columns[n].kind == "date" and not ledger.columns[n].optional)
    ]
    looked_at = {n for one in settings.specs.indicators.values() if one.ledger == table.ledger for n in one.looks_at}
    grouping = [
        n
        for n in table.missing
        if ledger.columns[n].is_closed and (n in looked_at or ledger.columns[n].kind == "village")
    ]
    lacking = "、".join(ledger.columns[name].label for name in table.missing)
    offers = "；".join(_offer(table, position, title, settings) for position, title in table.unknown.items())
    return [
        Issue.of(
            "columns_missing", file.path, table.sheet.name, row=table.header.last_row + 1,
            severity="error" if needed else "warning" if table.unknown or grouping else "info",
            advice=None if offers else "请向填报单位核实，或确认本表没有这些列。",
            titles="、".join(table.unknown.values()) or "无", ledger_title=ledger.title, labels=lacking, offers=offers,
        )
    ]  # fmt: skip


def _offer(table: Table, position: int, title: str, settings: TownSettings) -> str:
    columns = settings.specs.ledgers[table.ledger].columns
    labels = "或".join(f"「{columns[name].label}」" for name in offers(table, position, title, settings))
    return f"“{title}”{'可能是' + labels if labels else '没有相近的列'}"


def offers(table: Table, position: int, title: str, settings: TownSettings) -> list[str]:
    """The missing columns that an unknown title's contents could be, else those its words resemble: two at most."""
    ledger = settings.specs.ledgers[table.ledger]
    cells = [row[position] for row in table.sheet.rows[table.first_data_row :][:SAMPLE_ROWS] if position < len(row)]
    vocabularies = settings.vocabularies[table.ledger]
    fitting = [n for n in table.missing if fits(cells, ledger.columns[n], vocabularies.get(n))]
    return (fitting or likely_columns(title, {name: ledger.columns[name] for name in table.missing}))[:2]


def _unknown_sheet(file: RawFile, sheet: RawSheet, settings: TownSettings, claims: Sequence[_Claim]) -> Issue:
    """A sheet that no ledger claims: no header found under a ledger's title, a table nobody knows, or a page of text."""
    named = next((claim for claim in claims if claim.title >= 1), None) or _named_by_title(file, sheet, settings)
    if named is not None:
        ledger = settings.specs.ledgers[named if isinstance(named, str) else named.ledger]
        labels = "、".join(column.label for column in ledger.columns.values())
        return Issue.of("header_missing", file.path, sheet.name, ledger_title=ledger.title, labels=labels)
    wide = sum(sum(bool(text_at(sheet, r, c)) for c in range(len(row))) >= 3 for r, row in enumerate(sheet.rows))
    near = "、".join(settings.specs.ledgers[claim.ledger].title for claim in claims[:2])
    return Issue.of(
        "sheet_unknown", file.path, sheet.name, severity="warning" if wide >= 3 else "info",
        resembling=f"，略像{near}" if near else "",
    )  # fmt: skip


def _named_by_title(file: RawFile, sheet: RawSheet, settings: TownSettings) -> str | None:
    """The ledger that the sheet's first lines or its name speak of, or the file's name where it has but one sheet."""
    texts = [
        text_at(sheet, row, column) for row in range(min(3, len(sheet.rows))) for column in range(len(sheet.rows[row]))
    ]
    texts = [text for text in texts if bare(text)] + [sheet.name]
    if len(file.sheets) == 1:
        texts.append(PurePosixPath(file.path).stem)
    best = max(settings.specs.ledgers.values(), key=lambda spec: max(title_match(text, spec) for text in texts))
    return best.id if max(title_match(text, best) for text in texts) >= 1 else None
