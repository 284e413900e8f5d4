"""The raw files of a year: found, read, recognised. One bad file costs that file only."""

from collections.abc import Collection, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from fazhi.intake import RawFile
from fazhi.issues import Issue
from fazhi.recognition.corrections import apply, read_corrections, unused
from fazhi.recognition.figures_file import cited, figures_of, read_lines
from fazhi.recognition.headers import Table
from fazhi.recognition.ledgers import recognise
from fazhi.recognition.raw_folder import left_out, raw_files
from fazhi.recognition.return_sheet import is_return_sheet, original_of
from fazhi.recognition.shown_names import shown_names
from fazhi.recognition.summary_forms import figures_on_forms
from fazhi.recognition.surveyor import Found, Source, Surveyor
from fazhi.town_year import TownSettings
from fazhi.values.normalise import normalise
from fazhi.workspace.paths import Workspace
from fazhi.workspace.reported_figures import ReportedFigure


@dataclass(frozen=True)
class Survey:
    """All of a year's raw files, what is to be asked about them as files, and the figures reported without a ledger."""

    year: int
    sources: Sequence[Source]
    issues: Sequence[Issue]
    figures: Sequence[ReportedFigure] = ()

    def of(self, ledger: str) -> list[tuple[RawFile, Table]]:
        """The tables of one ledger, by file, sheet."""
        return [(source.file, table) for source in self.sources for table in source.tables if table.ledger == ledger]

    @property
    def fingerprints(self) -> dict[str, str]:
        """SHA-256 of each file as it was read; "" of one that could not be."""
        return {source.file.path: source.file.sha256 for source in self.sources}

    @property
    def ledgers(self) -> set[str]:
        return {table.ledger for source in self.sources for table in source.tables}


def survey(
    workspace: Workspace,
    year: int,
    settings: TownSettings,
    only: frozenset[str] | None = None,
    surveyor: Surveyor | None = None,
) -> Survey:
    """Read and recognise the year's files.

    Parameters
    ----------
    workspace, year, settings
        The town's year.
    only
        Paths relative to the year's raw folder, by the names that are shown; None: all files.
    surveyor
        Reads the files, and goes on afterwards; None for one that ends with this survey.

    Returns
    -------
    Survey
        Each file with its tables, and what is asked about files and sheets. A file that cannot be read is an issue, never an
        error: the others are read all the same.
    """
    sources: list[Source] = []
    issues: list[Issue] = []
    shown = shown_names(workspace, year)
    corrections = [replace(c, file=shown.path(c.file)) for c in read_corrections(workspace.corrections_file(year))]
    files = {shown.place(place): ledger for place, ledger in settings.aliases.files.items()}
    settings = replace(settings, aliases=settings.aliases.model_copy(update={"files": files}))
    lines, faults = read_lines(workspace.figures_file(year))
    lines = [line.of_file(shown.path(line["file"].replace("\\", "/"))) for line in lines]
    known = cited(lines)

    def look(read: RawFile) -> Found:
        file, corrected = apply(shown.file(read), corrections)
        tables, asked = recognise(file, settings) if not file.refused else ([], [])
        return Source(file, tables), [*_file_issues(file), *corrected, *asked]

    named = [(path, path.relative_to(workspace.raw(year)).as_posix()) for path in raw_files(workspace, year)]
    wanted = [(path, relative) for path, relative in named if only is None or shown.path(relative) in only]
    with (
        Surveyor() if surveyor is None else nullcontext(surveyor) as surveyor,
        closing(surveyor.found(year, wanted, look)) as found,
    ):
        for source, told in found:
            sources.append(source)
            issues += [issue for issue in told if not _is_answered(issue, source.file, known)]
    figures: list[ReportedFigure] = []
    if only is None:
        figures, unread = figures_of(lines, {source.file.path: source.file for source in sources}, settings.specs)
        on_forms, asked = figures_on_forms([source.file for source in sources], settings, year)
        figures, twice = _each_once([*figures, *on_forms], settings)
        issues += [*faults, *unread, *asked, *twice]
        issues += left_out(workspace, year)
        issues += unused(corrections, {source.file.path for source in sources})
        issues += _doubled([source.file for source in sources])
        issues += _open_elsewhere([source.file for source in sources])
    if not sources and only is None:
        issues.append(Issue.of("year_empty", f"data/raw/{year}"))
    return Survey(year, sources, issues, figures)


def _each_once(figures: Sequence[ReportedFigure], settings: TownSettings) -> tuple[list[ReportedFigure], list[Issue]]:
    """The figures, each month of an indicator once; a second one that says the same is left out, one that differs is told."""
    kept: list[ReportedFigure] = []
    issues: list[Issue] = []
    for figure in figures:
        others = [one for one in kept if one.indicator == figure.indicator and set(one.months) & set(figure.months)]
        if not others:
            kept.append(figure)
        elif len(others) > 1 or (others[0].months, others[0].value) != (figure.months, figure.value):
            spec = settings.specs.indicators[figure.indicator]
            fault = f"“{spec.label}”这一时段已经有一个数（{others[0].place}）"
            texts = {"fault": fault, "advice": "请核对，只留一处。", "ledger": spec.ledger}
            issues.append(Issue.of("figure_unread", figure.file, figure.sheet, **texts))  # type: ignore[arg-type]
    return kept, issues


def _is_answered(issue: Issue, file: RawFile, cited_places: Collection[tuple[str, str]]) -> bool:
    """Whether a file or sheet that is no ledger is one that a reported figure is taken from."""
    sheets = {sheet for path, sheet in cited_places if path == file.path}
    if issue.kind == "file_refused":
        return bool(sheets)
    return issue.kind == "sheet_unknown" and (issue.sheet in sheets or ("" in sheets and len(file.sheets) == 1))


def _doubled(files: Sequence[RawFile]) -> list[Issue]:
    """Marked workbooks that came back while the file they were made from is still there: every row would count twice."""
    paths = {normalise(file.path): file.path for file in files}
    issues = []
    for file in files:
        for sheet in filter(is_return_sheet, file.sheets):
            original = paths.get(original_of(sheet), file.path)
            if original != file.path:
                issues.append(Issue.of("returned_twice", file.path, original=original))
    return issues


def _open_elsewhere(files: Sequence[RawFile]) -> list[Issue]:
    """Workbooks with an office program's lock file beside them. Whose it is, is not told: it may be a private name."""
    paths = sorted(file.path for file in files if file.kind not in ("lock", "system"))
    issues = []
    for lock in (file.path for file in files if file.kind == "lock"):
        for path in (path for path in paths if _locks(PurePosixPath(lock), PurePosixPath(path))):
            issues.append(Issue.of("file_open", path, lock=lock))
    return issues


def _locks(lock: PurePosixPath, workbook: PurePosixPath) -> bool:
    """Whether the lock file is the workbook's: `~$` before its name, or in place of the first two letters of a long one."""
    named = (f"~${workbook.name}", f"~${workbook.name[2:]}", f".~lock.{workbook.name}#", f".~{workbook.name}")
    return lock.parent == workbook.parent and lock.name in named


def _file_issues(file: RawFile) -> list[Issue]:
    issues = [
        Issue.of(
            "file_finding", file.path, finding.sheet, severity=finding.severity, row=finding.row, column=finding.column or "",
            found=finding.found, expected=finding.expected, advice=finding.advice,
        )
        for finding in file.findings
    ]  # fmt: skip
    if file.refused:
        issues.append(Issue.of("file_refused", file.path, why=file.refused))
    return issues
