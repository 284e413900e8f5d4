"""What notebook 01 calls: one ledger cleaned; its clean table, fates, issues and layouts written."""

from dataclasses import replace
from functools import partial

from fazhi.cleaning.clean import clean
from fazhi.cleaning.clean_table import clean_table
from fazhi.cleaning.in_no_year import about_new_year, count_in_this_year
from fazhi.cleaning.records import Cleaned
from fazhi.cleaning.totals import check_totals
from fazhi.cleaning.two_years import leave_to_other_year
from fazhi.intake.model import column_letters
from fazhi.issues import Issue
from fazhi.privacy.private_index import PrivateIndex
from fazhi.privacy.pseudonyms import pseudonym
from fazhi.privacy.register import hidden_values
from fazhi.recognition.handed_on import handed_on
from fazhi.recognition.nil_returns import says_none
from fazhi.recognition.sheet_questions import offers
from fazhi.recognition.shown_names import raw_path
from fazhi.recognition.survey import Survey, survey
from fazhi.steps.survey import collector_at_rest, ledger_files, redacted, write_accounts
from fazhi.town_year import TownSettings, TownYear
from fazhi.workspace.clean_rows import CleanRows
from fazhi.workspace.files import raw_fingerprint, remove, write_json, write_parquet
from fazhi.workspace.key import load_key
from fazhi.workspace.results import SheetLayout, layouts_name, near_name


@collector_at_rest()
def clean_ledger(town: TownYear, name: str, found: Survey | None = None) -> Cleaned:
    """Clean one ledger and write its clean table, fates and issues; its raw files are read unless `found` holds them."""
    ledger = town.ledger(name)
    sources = (found or _surveyed(town, name)).of(name)
    key = load_key(town.workspace.key_file)
    cleaned = clean(ledger, sources, town.settings, town.year, key)
    hidden = hidden_values(town.workspace, town.year, town.settings, name)
    made = partial(clean_table, pseudonym=partial(pseudonym, key), redact=hidden.redact)
    near = about_new_year(cleaned, town.year)
    table, near_table, once = made(cleaned), made(near), town.settings.aliases.once
    elsewhere = leave_to_other_year(cleaned, CleanRows(table), town.year, once, key)
    elsewhere += count_in_this_year(near, cleaned, CleanRows(near_table), town.year, once, key)
    issues = [*cleaned.issues, *elsewhere, *check_totals(cleaned, town.settings, town.year)]
    cleaned = replace(cleaned, issues=[*redacted(issues, hidden), *_masked_titles(cleaned, hidden)])
    clean_path, near_path = town.results.clean_file(name), town.processed / near_name(name)
    if sources:
        write_parquet(clean_path, made(cleaned) if elsewhere else table)
        write_parquet(near_path, near_table)
    else:
        remove(clean_path)
        remove(near_path)
    write_accounts(town, name, cleaned.fates, cleaned.issues)
    write_json(town.processed / layouts_name(name), layouts(cleaned, town.settings, hidden))
    return cleaned


def _surveyed(town: TownYear, name: str) -> Survey:
    """The ledger's files as the run has surveyed them, where it handed them on and they are the same still; else read here."""
    place, year = town.workspace, town.year
    found = handed_on(place.raw(year), name)
    if found is not None and all(
        raw_fingerprint(raw_path(place, year, one)) == is_ for one, is_ in found.fingerprints.items()
    ):
        return found
    return survey(place, year, town.settings, only=frozenset(ledger_files(town).get(name, ())))


def mark_failed(town: TownYear, name: str) -> None:
    """A ledger whose cleaning broke off counts as missing, with nothing of an earlier run left in its place."""
    remove(town.results.clean_file(name))
    remove(town.processed / near_name(name))
    remove(town.processed / layouts_name(name))
    write_accounts(town, name, [], [Issue.of("ledger_failed", town.ledger(name).title, ledger=name)])


def _masked_titles(cleaned: Cleaned, hidden: PrivateIndex) -> list[Issue]:
    """Unknown titles that hold a private value, which stands in no question and no output."""
    return [
        Issue.of(
            "title_masked", part.file, part.sheet, row=part.table.header.last_row + 1,
            letters=column_letters(position), shown=shown,
        )
        for part in cleaned.parts
        for position, title in part.table.unknown.items()
        if (shown := hidden.redact(title)) != title
    ]  # fmt: skip


def layouts(cleaned: Cleaned, settings: TownSettings, hidden: PrivateIndex) -> list[SheetLayout]:
    """The layout of each sheet in which a ledger was read, without what is hidden."""
    return [
        SheetLayout(
            file=part.file,
            sheet=part.sheet,
            columns=sorted(part.table.columns),
            at=dict(part.table.columns),
            header=part.table.first_data_row,
            unknown={
                hidden.redact(title): offers(part.table, position, title, settings)
                for position, title in part.table.unknown.items()
            },
            kept=part.fates.count("kept"),
            says_none=not part.fates and says_none(part.table),
        )
        for part in cleaned.parts
    ]
