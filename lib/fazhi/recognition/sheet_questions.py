"""What is asked about a sheet: whose it is, where its header stands, what its unknown titles mean."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from fazhi.dictionary.models import Column, Ledger
from fazhi.intake import Cell, RawFile, RawSheet
from fazhi.issues import Issue
from fazhi.recognition.claims import Claim
from fazhi.recognition.column_contents import MINIMUM_CELLS, PLAIN_KINDS, fits
from fazhi.recognition.headers import SAMPLE_ROWS, Header, Table, text_at, titles_above
from fazhi.recognition.other_towns import divides_towns
from fazhi.recognition.proposals import propose
from fazhi.town_year import TownSettings
from fazhi.values.counts import parse_number
from fazhi.values.dates import parse_date
from fazhi.values.normalise import bare, normalise
from fazhi.values.titles import likely_columns, title_match

_SUMMARY = re.compile(r"(?:分类|分月|全年|年度)?(?:汇总|合计|统计|小计)表?")
_LONGEST_SUMMARY = 20  # rows
_LOOKS = {  # of a cell that may be one
    "identity": re.compile(r"\d{10}|\*{3}"),
    "phone": re.compile(r"\d{7}|\*{3}"),
    "uscc": re.compile(r"[0-9A-Za-z]{15}"),
}


def column_issues(file: RawFile, table: Table, settings: TownSettings) -> list[Issue]:
    """One issue a sheet for titles that answer to no column and columns that no title answers to, together."""
    ledger = settings.specs.ledgers[table.ledger]
    if not table.missing:
        return []
    unknown = {at: title for at, title in table.unknown.items() if not divides_towns(title, _sample(table, at))}
    table = replace(table, unknown=unknown)
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
    doubtful = table.unknown and any(_may_matter(table, name, ledger, looked_at) for name in table.missing)
    lacking = "、".join(ledger.columns[name].label for name in table.missing)
    offers = "；".join(_offer(table, position, title, settings) for position, title in table.unknown.items())
    return [
        Issue.of(
            "columns_missing", file.path, table.sheet.name, row=table.header.last_row + 1,
            severity="error" if needed else "warning" if doubtful or grouping else "info",
            advice=None if offers else "请向填报单位核实，或确认本表没有这些列。",
            titles="、".join(table.unknown.values()) or "无", ledger_title=ledger.title, labels=lacking, offers=offers,
        )
    ]  # fmt: skip


def _may_matter(table: Table, name: str, ledger: Ledger, looked_at: Collection[str]) -> bool:
    """Whether a missing column would change a figure, or tell which rows are one record, were it one of the unknown ones.

    Names of officials and free text do neither; numbers of identity, telephones and codes are known by their looks.
    """
    kind = ledger.columns[name].kind
    if kind not in PLAIN_KINDS or name in looked_at:
        return True
    naming = {one for way in (*ledger.identity, *ledger.probable_identity) for one in way}
    parties = ledger.trends.parties if ledger.trends else ()
    if name not in naming and name not in parties:
        return False
    looks = _LOOKS.get(kind)
    return looks is None or any(_look_so(looks, _sample(table, at)) for at in table.unknown)


def _look_so(looks: re.Pattern[str], cells: Sequence[Cell]) -> bool:
    return any(looks.search(normalise(cell)) for cell in cells)


def _offer(table: Table, position: int, title: str, settings: TownSettings) -> str:
    columns = settings.specs.ledgers[table.ledger].columns
    labels = "或".join(f"「{columns[name].label}」" for name in offers(table, position, title, settings))
    return f"“{title}”{'可能是' + labels if labels else '没有相近的列'}"


def offers(table: Table, position: int, title: str, settings: TownSettings) -> list[str]:
    """The missing columns that an unknown title may mean, two at most: whose words are like it and whose kind its cells are.

    Words are not needed where the cells are values of a closed list, or where one date is missing and one column holds dates.
    """
    ledger, vocabularies = settings.specs.ledgers[table.ledger], settings.vocabularies[table.ledger]
    missing = {name: ledger.columns[name] for name in table.missing}
    cells = _sample(table, position)
    alike = likely_columns(title, missing)
    if len(cells) < MINIMUM_CELLS:
        return alike[:2]
    fitting = [name for name in missing if fits(cells, missing[name], vocabularies.get(name))]
    by_title = [name for name in alike if name in fitting or missing[name].kind in PLAIN_KINDS]
    closed = [name for name in fitting if missing[name].is_closed]
    return list(dict.fromkeys([*by_title, *closed, *_the_date(table, fitting, missing)]))[:2]


def _the_date(table: Table, fitting: Sequence[str], missing: Mapping[str, Column]) -> list[str]:
    """The one date that is missing, where a single unknown column holds dates."""
    dates = [name for name in missing if missing[name].kind == "date"]
    if len(dates) != 1 or dates[0] not in fitting:
        return []
    holders = [at for at in table.unknown if fits(_sample(table, at), missing[dates[0]], None)]
    return dates if len(holders) == 1 else []


def _sample(table: Table, position: int) -> list[Cell]:
    """The first cells below the header in one cell column, blank ones left out."""
    rows = table.sheet.rows[table.first_data_row :][:SAMPLE_ROWS]
    return [row[position] for row in rows if position < len(row) and row[position] not in (None, "")]


def unknown_sheet(file: RawFile, sheet: RawSheet, settings: TownSettings, claims: Sequence[Claim]) -> Issue:
    """A sheet that no ledger claims: no header found under a ledger's title, a table nobody knows, or a page of text."""
    titled = (claim for claim in claims if claim.title >= 1 and settings.expects(claim.ledger))
    named = next(titled, None) or _named_by_title(file, sheet, settings)
    if named is not None:
        ledger = settings.specs.ledgers[named if isinstance(named, str) else named.ledger]
        return _header_question(file, sheet, ledger, settings)
    wide = sum(sum(bool(text_at(sheet, r, c)) for c in range(len(row))) >= 3 for r, row in enumerate(sheet.rows))
    near = "、".join(settings.specs.ledgers[claim.ledger].title for claim in claims[:2])
    return Issue.of(
        "sheet_unknown", file.path, sheet.name, severity="warning" if wide >= 3 else "info",
        resembling=f"，略像{near}" if near else "",
    )  # fmt: skip


def continues(sheet: RawSheet, table: Table) -> bool:
    """Whether a row of a sheet without a header would be a record of this table: a date in its place, and most columns filled."""
    at = table.columns.get(table.date_column or "")
    if at is None:
        return False
    rows = (
        row for row in sheet.rows[:SAMPLE_ROWS] if at < len(row) and parse_date(row[at], year=2000).value is not None
    )
    return any(
        sum(place < len(row) and row[place] not in (None, "") for place in table.columns.values()) * 2
        > len(table.columns)
        for row in rows
    )


def is_sum_of_others(sheet: RawSheet) -> bool:
    """Whether a sheet that nobody knows is called a summary and has no record in it: no row with a date or a name, only sums."""
    if not _SUMMARY.fullmatch(bare(sheet.name)) or len(sheet.rows) > _LONGEST_SUMMARY:
        return False
    cells = [cell for row in sheet.rows for cell in row if cell not in (None, "")]
    numbers = sum(isinstance(cell, int | float) or parse_number(cell).value is not None for cell in cells)
    dates = any(not isinstance(cell, int | float) and parse_date(cell, year=2000).value is not None for cell in cells)
    return not dates and numbers > 0


def _header_question(file: RawFile, sheet: RawSheet, ledger: Ledger, settings: TownSettings) -> Issue:
    """A table titled as a ledger under headings that it does not know: what looks like its header, and what may be what."""
    labels = "、".join(column.label for column in ledger.columns.values())
    found = propose(file, sheet, settings, ledger.id)
    names = {**{heading: (name,) for heading, name in found.columns.items()}, **found.offers} if found else {}
    if found is None or not names:
        return Issue.of("header_missing", file.path, sheet.name, ledger_title=ledger.title, labels=labels)
    lines = [f"“{h}”可能是{'或'.join(f'「{ledger.columns[n].label}」' for n in may)}" for h, may in names.items()]
    return Issue.of(
        "header_missing", file.path, sheet.name, row=found.header.last_row + 1, ledger_title=ledger.title, labels=labels,
        found=f"标题像{ledger.title}，这一行像表头，但有 {len(found.headings)} 列认不全",
        advice=f"没有读入。请写明各列（data/raw/forms 的表样，或 aliases.yml 的 columns）：{'；'.join(lines)}。",
    )  # fmt: skip


def _named_by_title(file: RawFile, sheet: RawSheet, settings: TownSettings) -> str | None:
    """The ledger that the sheet's first lines or its name speak of, or the file's name where it has but one sheet."""
    texts = [text for text in titles_above(sheet, Header(min(3, len(sheet.rows)), 0, ())) if bare(text)] + [sheet.name]
    if len(file.sheets) == 1:
        texts.append(PurePosixPath(file.path).stem)
    expected = [ledger for name, ledger in settings.specs.ledgers.items() if settings.expects(name)]
    best = max(expected, key=lambda spec: max(title_match(text, spec) for text in texts))
    return best.id if max(title_match(text, best) for text in texts) >= 1 else None
