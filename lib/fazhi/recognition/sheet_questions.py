"""What is asked about a sheet: whose it is, where its header stands, what its unknown titles mean."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from fazhi.intake import RawFile, RawSheet
from fazhi.issues import Issue
from fazhi.recognition.claims import Claim
from fazhi.recognition.headers import SAMPLE_ROWS, Header, Table, fits, text_at, titles_above
from fazhi.town_year import TownSettings
from fazhi.values.normalise import bare
from fazhi.values.titles import likely_columns, title_match


def column_issues(file: RawFile, table: Table, settings: TownSettings) -> list[Issue]:
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


def unknown_sheet(file: RawFile, sheet: RawSheet, settings: TownSettings, claims: Sequence[Claim]) -> Issue:
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
    texts = [text for text in titles_above(sheet, Header(min(3, len(sheet.rows)), 0, ())) if bare(text)] + [sheet.name]
    if len(file.sheets) == 1:
        texts.append(PurePosixPath(file.path).stem)
    best = max(settings.specs.ledgers.values(), key=lambda spec: max(title_match(text, spec) for text in texts))
    return best.id if max(title_match(text, best) for text in texts) >= 1 else None
