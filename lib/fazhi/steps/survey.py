"""Before 01: which file holds which ledger; what belongs to no ledger; what every step writes of rows and issues."""

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import cache

from fazhi.cleaning.clean_table import fate_table
from fazhi.cleaning.records import SheetFates
from fazhi.issues import Issue, unread_files
from fazhi.privacy.private_index import PrivateIndex
from fazhi.privacy.register import QUOTED, note_private
from fazhi.privacy.row_fingerprints import note_rows
from fazhi.recognition.proposals import headings_of, shape_header
from fazhi.recognition.raw_folder import left_out, raw_files
from fazhi.recognition.shown_names import forget_shown_names, note_shown_names, raw_path, shown_names
from fazhi.recognition.survey import Survey, survey
from fazhi.recognition.surveyor import Surveyor
from fazhi.town_year import TownYear
from fazhi.values.titles import headings_print
from fazhi.workspace.files import fingerprint, raw_fingerprint, remove, write_json, write_parquet
from fazhi.workspace.issue_table import account_of_issues
from fazhi.workspace.reported_figures import write_figures
from fazhi.workspace.results import SOURCES, Sources, account_name, clean_name, layouts_name, near_name


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Cells by the million, which all live to the end, would be gone through again and again: a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# --- which file holds which ledger ---------------------------------------------------------------------------------


@collector_at_rest()
def survey_year(town: TownYear, surveyor: Surveyor | None = None) -> Survey:
    """Read all raw files; write which files hold which ledger, and the fates and issues that belong to no ledger.

    `surveyor` reads them, and goes on afterwards; None for one that ends with this survey.
    """
    forget_shown_names(town.workspace, town.year)
    found = _surveyed(town, surveyor)
    hidden = note_private(town.workspace, town.settings, found)
    renamed = note_shown_names(town.workspace, town.year, [source.file for source in found.sources], hidden.redact)
    if renamed:  # all that follows is to know them by the names that are shown
        found = _surveyed(town, surveyor)
    note_rows(town.workspace, town.year, found.sources)
    sent = {name: sorted({file.path for file, _ in found.of(name)}) for name in town.settings.specs.ledgers}
    files = {name: paths for name, paths in sent.items() if paths or town.settings.owes(name)}
    _forget_all_but(town, files)
    write_figures(town.processed, found.figures)
    write_json(town.processed / SOURCES, asdict(Sources(_inputs_read(town, found), files, _headings(found))))
    fates = [
        SheetFates(source.file.path, sheet.name, "", ["not_data"] * len(sheet.rows), ["no_ledger"] * len(sheet.rows))
        for source in found.sources
        for sheet in source.file.sheets
        if not any(sheet is table.sent for table in source.tables)
    ]
    issues = [
        *redacted([*found.issues, *_missing(town, found)], hidden),
        *_unexpected(town, files),
        *_renamed(town, found),
    ]
    write_accounts(town, "_files", fates, issues)
    return found


def _surveyed(town: TownYear, surveyor: Surveyor | None) -> Survey:
    if surveyor is not None:
        surveyor.begin(town.year, (_besides(town), shown_names(town.workspace, town.year)))
    return survey(town.workspace, town.year, town.settings, surveyor=surveyor)


def _headings(found: Survey) -> dict[str, str]:
    """What the headings of each sheet are known by, as a form would name them."""
    return {
        f"{source.file.path}[{sheet.name}]": headings_print(headings_of(header).values())
        for source in found.sources
        for sheet in source.file.sheets
        if (header := shape_header(sheet)) is not None
    }


def _forget_all_but(town: TownYear, ledgers: Collection[str]) -> None:
    """Take away what an earlier run has left of ledgers that are neither owed nor sent any more."""
    for path in town.results.account_files("rows"):
        name = path.name.partition(".")[0]
        if name not in ledgers and name != "_files":
            parts = account_name(name, "rows"), account_name(name, "issues"), layouts_name(name)
            for part in (*parts, clean_name(name), near_name(name)):
                remove(town.processed / part)


def survey_inputs(town: TownYear) -> dict[str, str]:
    """What a survey would depend on now: the content of every raw file and of the analyst's settings, by name."""
    folder, names = town.workspace.raw(town.year), shown_names(town.workspace, town.year)
    files = {
        names.path(path.relative_to(folder).as_posix()): raw_fingerprint(path)
        for path in raw_files(town.workspace, town.year)
    }
    return {**files, **_besides(town)}


def _inputs_read(town: TownYear, found: Survey) -> dict[str, str]:
    """The same of a survey just made, by the very bytes it has read: a file may have changed, come or gone since."""
    place, year = town.workspace, town.year
    files = {
        path: sha256 or raw_fingerprint(raw_path(place, year, path)) for path, sha256 in found.fingerprints.items()
    }
    return {**files, **_besides(town)}


def _besides(town: TownYear) -> dict[str, str]:
    """What cannot be read for its name or kind, and the analyst's settings."""
    place = town.workspace
    unread = {issue.file: issue.found for issue in left_out(place, town.year)}
    own = (place.corrections_file(town.year), place.figures_file(town.year))
    settings = (place.unit_file, place.aliases_file, *own)
    named = {**place.spec_files, **place.year_settings(town.year)}
    specs = {name: fingerprint(path) for name, path in named.items()}
    return {**unread, **specs, **{path.name: fingerprint(path) for path in settings if path.exists()}}


def ledger_files(town: TownYear) -> Mapping[str, Sequence[str]]:
    """Which files hold each ledger, as surveyed; surveyed anew where a file or a setting has changed since."""
    surveyed = (town.processed / QUOTED).exists()
    if not surveyed or town.results.sources().inputs != survey_inputs(town):
        survey_year(town)
    return town.results.sources().ledgers


def _renamed(town: TownYear, found: Survey) -> list[Issue]:
    """Files and sheets whose own names hold a private value, and are not passed on."""
    shown = set(shown_names(town.workspace, town.year).names.values())
    files = [source.file for source in found.sources]
    sheets = [(file.path, sheet.name) for file in files for sheet in file.sheets if sheet.name in shown]
    places = [*((file.path, "") for file in files if file.path in shown), *sheets]
    return [Issue.of("name_masked", path, sheet) for path, sheet in places]


def _missing(town: TownYear, found: Survey) -> list[Issue]:
    """A ledger of the dictionary that no file holds; with the file that it may be, where one was received and not read."""
    place = f"data/raw/{town.year}"
    absent = [
        Issue.of("ledger_missing", place, ledger=name, ledger_title=ledger.title, office=ledger.office)
        for name, ledger in town.settings.specs.ledgers.items()
        if name not in found.ledgers and town.settings.owes(name)
    ]
    unread = unread_files([*found.issues, *absent])
    return [replace(issue, advice=_where_it_may_be(issue, unread)) for issue in absent]


def _unexpected(town: TownYear, files: Mapping[str, Sequence[str]]) -> list[Issue]:
    """A file that holds a ledger of which `unit.yml` says that the town has none, or an optional one that it does not name."""
    without = town.settings.unit.without
    return [
        Issue.of(
            "ledger_unexpected" if name in without else "ledger_received", path,
            ledger=name, ledger_title=town.ledger(name).title, name=name,
        )
        for name, paths in files.items()
        if not town.settings.owes(name)
        for path in paths
    ]  # fmt: skip


def _where_it_may_be(issue: Issue, unread: Mapping[str, Sequence[str]]) -> str:
    """What to do about a missing ledger: no office is pressed for what may have been received."""
    title = issue.found.removeprefix("没有")
    mine = [file for file, titles in unread.items() if title in titles]
    if mine:
        return f"可能就在收到而没有认出的 {len(mine)} 个文件里（如 {mine[0]}）：请先用 fazhi accept 加文件名指明。报告中相应数字暂缺。"
    first = f"请先看收到而没有认出的 {len(unread)} 个文件里有没有；没有的，" if unread else ""
    return f"{first}{issue.advice}"


def redacted(issues: Sequence[Issue], hidden: PrivateIndex) -> list[Issue]:
    """The issues without what private values their texts may quote from other columns, sheets or files."""
    mask = cache(hidden.redact)

    def shown(issue: Issue) -> Issue:
        said = issue.column, issue.found, issue.advice
        column, found, advice = masked = tuple(map(mask, said))
        return issue if masked == said else replace(issue, column=column, found=found, advice=advice)

    return list(map(shown, issues))


def write_accounts(town: TownYear, name: str, fates: Sequence[SheetFates], issues: Sequence[Issue]) -> None:
    write_parquet(town.processed / account_name(name, "rows"), fate_table(fates))
    write_parquet(town.processed / account_name(name, "issues"), account_of_issues(issues))
