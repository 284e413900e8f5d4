"""Which ledger a sheet holds, and which cell column is which. What is not certain becomes an issue, never a guess."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from fazhi.dictionary.aliases import NO_LEDGER
from fazhi.dictionary.form import Form
from fazhi.dictionary.yaml_reading import nearest
from fazhi.intake import RawFile, RawSheet
from fazhi.issues import Issue
from fazhi.recognition.arrangement import Arranged, arranged
from fazhi.recognition.claims import Claim, claim_of, claims_of, credible_claims, named_otherwise
from fazhi.recognition.column_doubts import read_columns
from fazhi.recognition.form_rows import filled_in
from fazhi.recognition.forms import (
    form_columns,
    form_of,
    is_named,
    means_nothing,
    no_ledger,
    not_invited,
    plan_question,
)
from fazhi.recognition.headers import Header, Table, money_units, text_at
from fazhi.recognition.matrices import matrix_parts
from fazhi.recognition.return_sheet import is_return_sheet
from fazhi.recognition.said_elsewhere import with_what_is_said
from fazhi.recognition.sheet_questions import column_issues, continues, is_sum_of_others, unknown_sheet
from fazhi.recognition.split_columns import in_one_column
from fazhi.recognition.stray_tables import several_tables
from fazhi.town_year import TownSettings
from fazhi.values.normalise import bare, normalise
from fazhi.values.titles import REMARK_TITLES, is_known_aside, title_key

_ASIDE = re.compile(
    r"删除|已删|剔除|作废|废弃|过期|历史版|废止前|备份|回收站|停用|旧(?:版|表|稿|台账|数据|的)?(?=$|[)）\]】\s\d_.-])|backup|(?<![a-z])bak(?![a-z])",
    re.I,
)
# Sheets of what is not done yet, or of nothing: never counted beside what was done.
_NOT_YET = re.compile(r"草稿|样[表例]|模板|示例|测试|计划|方案|预案|安排")
_DONE = re.compile(r"完成|落实|执行|实施|总结|开展|台账")
# A file keeps the name of the sample it was filled in on; one called a plan or a draft is that, unless it says what was done.
_FILE_NOT_YET = re.compile(r"草稿|示例|样例|测试|计划|方案|预案")
_FILE_DONE = re.compile(rf"{_DONE.pattern}|登记|记录|情况|统计|汇总")


def recognise(file: RawFile, settings: TownSettings) -> tuple[list[Table], list[Issue]]:
    """Recognise the ledgers in a file.

    Parameters
    ----------
    file
        The file as it was read.
    settings
        The town's: its dictionary, forms, accepted titles and files.

    Returns
    -------
    list of Table
        The tables that are certain, each with its ledger, header and columns.
    list of Issue
        What is to be asked about the others, and about columns.
    """
    tables: list[Table] = []
    issues: list[Issue] = []
    dismissed = False
    for sheet in file.sheets:
        if not any(any(text_at(sheet, r, c) for c in range(len(row))) for r, row in enumerate(sheet.rows)):
            continue
        if is_return_sheet(sheet):
            continue
        accepted = settings.aliases.files.get(f"{file.path}[{sheet.name}]") or settings.aliases.files.get(file.path)
        if accepted == NO_LEDGER:
            dismissed = True
            continue
        found, asked = _tables_of(file, sheet, settings, accepted)
        dismissed = dismissed or not (found or asked)
        tables += found
        issues += asked
    if tables:
        more = {sheet.name for sheet in file.sheets if any(continues(sheet, table) for table in tables)}
        issues = [
            replace(one, severity="warning") if one.kind == "sheet_unknown" and one.sheet in more else one
            for one in issues
        ]
        issues = [issue for issue in issues if issue.kind != "sheet_unknown" or issue.severity == "warning"]
    elif len(issues) > 1:
        sums = {sheet.name for sheet in file.sheets if is_sum_of_others(sheet)}
        issues = [
            replace(one, severity="info") if one.kind == "sheet_unknown" and one.sheet in sums else one
            for one in issues
        ]
    elif not issues and file.sheets and not dismissed:
        issues.append(Issue.of("file_empty", file.path))
    return tables, issues


def _tables_of(
    file: RawFile, sheet: RawSheet, settings: TownSettings, accepted: str | None
) -> tuple[list[Table], list[Issue]]:
    """The tables that lie in one sheet; where it seems to hold several and one of them is none, it is read as one."""
    parts, doubts = matrix_parts(file, sheet, settings, accepted)
    parts = parts or (arranged(sheet, settings) if accepted is None else [Arranged(sheet)])
    read = [_recognise_sheet(file, part.sheet, settings, accepted) for part in parts]
    if len(read) > 1 and not all(table for table, _ in read):
        parts, read = [Arranged(sheet)], [_recognise_sheet(file, sheet, settings, accepted)]
    tables = [
        replace(table, raw=sheet, others={**part.others, **table.others}, begins=part.begins)
        for part, (table, _) in zip(parts, read, strict=True)
        if table is not None
    ]
    return tables, list(dict.fromkeys([*doubts, *(issue for _, issues in read for issue in issues)]))


def _recognise_sheet(
    file: RawFile, sheet: RawSheet, settings: TownSettings, accepted: str | None
) -> tuple[Table | None, list[Issue]]:
    if accepted is not None and accepted not in settings.specs.ledgers:
        advice = f"aliases.yml 的 files 中“{accepted}”不是台账，最接近的是“{nearest(accepted, list(settings.specs.ledgers), 1, 0)[0]}”。"
        return None, [Issue.of("sheet_unknown", file.path, sheet.name, found="", expected="台账名", advice=advice)]
    claims = claims_of(file, sheet, settings, accepted)
    on_form = _on_form(file, sheet, settings, accepted)
    if on_form is not None:
        return on_form
    credible = [claim for claim in claims if claim.columns] if accepted else credible_claims(claims, settings)
    if not credible or (accepted is None and named_otherwise(sheet, credible[0], settings)):
        return None, [unknown_sheet(file, sheet, settings, claims)]
    best, *others = credible
    if others and best.score - others[0].score < 0.25:
        titles = "、".join(settings.specs.ledgers[claim.ledger].title for claim in (best, others[0]))
        place = file.path, sheet.name
        return None, [Issue.of("sheet_ambiguous", *place, titles=titles, ledger_name=best.ledger)]
    if accepted is None and (planned := plan_question(file, sheet, best.header, settings.specs.ledgers[best.ledger])):
        return None, planned
    table, issues = _completed(file, _table(file, sheet, best, settings, accepted), settings)
    rivals = [claim.header for claim in others if claim.covered >= 0.6 and claim.explained >= 0.5]
    if several := several_tables(file, table, settings.titles[best.ledger], rivals):
        return table, [*issues, *several]
    table, doubts = read_columns(file, table, settings.specs.ledgers[best.ledger], settings.unit)
    return table, [*issues, *doubts]


def _on_form(
    file: RawFile, sheet: RawSheet, settings: TownSettings, accepted: str | None
) -> tuple[Table | None, list[Issue]] | None:
    """The sheet's table where it is filled in on a known form; None where it is not, or the analyst says otherwise."""
    found = form_of(sheet, settings.forms)
    if found is None or accepted not in (None, found[0].ledger):
        return None
    form, header = found
    if not form.ledger:
        return None, no_ledger(file, sheet, form)
    ledger = settings.specs.ledgers[form.ledger]
    invited = accepted or form.of_town or settings.expects(ledger.id) or is_named(file, sheet, header, ledger)
    if not invited:
        return None, [not_invited(file, sheet, form, ledger)]
    if accepted is None and (planned := plan_question(file, sheet, header, ledger, form)):
        return None, planned
    columns = form_columns(form, header, settings.titles[form.ledger])
    if form.matrix and form.matrix.across not in columns:
        return None
    claim = claim_of(file, sheet, form.ledger, header, columns, settings)
    table = _table(
        file, sheet, replace(claim, columns=_allowed(form, header, claim, columns)), settings, accepted, form
    )
    if not table.columns:
        return None, [unknown_sheet(file, sheet, settings, [])]
    table = in_one_column(table, ledger, settings.vocabularies[ledger.id])
    if several := several_tables(file, table, settings.titles[form.ledger], []):
        return table, [*column_issues(file, table, settings), *several]
    read, doubts = read_columns(file, table, ledger, settings.unit, records_known=bool(form.record))
    filled, made = filled_in(file, read, form, settings)
    filled = replace(filled, missing=tuple(name for name in table.missing if name not in filled.columns))
    filled, said = with_what_is_said(file, filled, settings)
    return filled, [*column_issues(file, filled, settings), *doubts, *made, *said]


def _allowed(form: Form, header: Header, claim: Claim, columns: Mapping[str, int]) -> dict[str, int]:
    """The form's columns, and those that contents alone tell, where the form does not say otherwise of their heading."""
    made = {*form.sum, *form.count}
    unread = {at for at, names in enumerate(header.titles) if names and means_nothing(form, names[0])}
    more = {
        name: at for name, at in claim.columns.items() if name not in columns and at not in unread and name not in made
    }
    return {**more, **columns}


def _table(
    file: RawFile, sheet: RawSheet, claim: Claim, settings: TownSettings, accepted: str | None, form: Form | None = None
) -> Table:
    ledger = settings.specs.ledgers[claim.ledger]
    remark = next(
        (i for i, names in enumerate(claim.header.titles) if names and title_key(names[0]) in REMARK_TITLES), None
    )
    taken = set(claim.columns.values())
    dismissed = settings.dismissed.get(claim.ledger, frozenset())
    unknown = {
        i: names[0]
        for i, names in enumerate(claim.header.titles)
        if names
        and i not in taken
        and not is_known_aside(names[0])
        and not (form and means_nothing(form, names[0]))
        and not {bare(names[0]), title_key(names[0])} & dismissed
    }
    missing = tuple(name for name in ledger.columns if name not in claim.columns)
    units = money_units(sheet, claim.header, claim.columns, ledger)
    taught = (
        form.title if form and form.of_town else ""
    )  # with the sheet that the town has taught: its words are no surprise
    titles = "".join((ledger.title, *ledger.also_titled, taught))
    aside = "" if accepted else set_aside(file, sheet, titles) or (_planned(file, titles) if ledger.event_date else "")
    return Table(
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
        set_aside=aside,
    )


def _completed(file: RawFile, table: Table, settings: TownSettings) -> tuple[Table, list[Issue]]:
    """The table with columns in several parts put together and those that are said elsewhere added; what is still missing."""
    table = in_one_column(table, settings.specs.ledgers[table.ledger], settings.vocabularies[table.ledger])
    table, notes = with_what_is_said(file, table, settings)
    return table, [*notes, *column_issues(file, table, settings)]


def _planned(file: RawFile, title: str) -> str:
    """Why the records of events in a file wait: its name calls it a plan or a draft, and not the ledger's `title` too."""
    name = normalise(PurePosixPath(file.path).stem)
    found = _FILE_NOT_YET.search(name)
    waits = found and not _FILE_DONE.search(name) and not _FILE_NOT_YET.search(title)
    return f"文件名中有“{found[0]}”" if found and waits else ""


def set_aside(file: RawFile, sheet: RawSheet, title: str) -> str:
    """Why a sheet's records wait for the analyst: it is hidden, or called deleted, void, old, a backup or a plan. "" where they count.

    `title` is the ledger's: a ledger of plans holds plans.
    """
    if not sheet.visible:
        return "工作表是隐藏的"
    name = normalise(sheet.name)
    if (found := _NOT_YET.search(name)) and not _DONE.search(name) and not _NOT_YET.search(title):
        return f"工作表名中有“{found[0]}”"
    place = PurePosixPath(file.path)
    folders = (("文件夹", part) for part in place.parts[1:-1])  # the first is an office's
    for what, name in (("工作表", sheet.name), ("文件", place.stem), *folders):
        if found := _ASIDE.search(normalise(name)):
            return f"{what}名中有“{found[0]}”"
    return ""
