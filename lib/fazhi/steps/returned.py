"""What goes back to the offices: each one's own workbook with its faulty cells marked, below `returned/<office>/`.

The office is the top folder a file lies in. A file that lies in none goes under 未注明科室: who sent it is not known, and
nobody's rows are to reach another's hands.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from fazhi.dictionary.ledger_order import office_key
from fazhi.dictionary.models import Column
from fazhi.intake import RawFile, RawSheet, Reader
from fazhi.issues import CATALOGUE, NOT_FOR_OFFICES, Issue, open_issues
from fazhi.recognition.corrections import column_of
from fazhi.recognition.raw_folder import raw_files
from fazhi.recognition.shown_names import raw_path, shown_names
from fazhi.returns.annotate import Fault
from fazhi.returns.limited_copy import CopyRequest, LimitedCopies, refusals
from fazhi.town_year import TownYear
from fazhi.workspace.files import remove, write_bytes, write_json
from fazhi.workspace.paths import FOLDER, INDEX
from fazhi.workspace.results import SheetLayout

NO_OFFICE = "未注明科室"
REFUSED = "未能读入的文件"
MAXIMUM_FAULTS = 2_000  # listed in one workbook
MAXIMUM_VALUES = 25  # of a closed list, named in a comment


@dataclass(frozen=True)
class Returned:
    """One workbook that goes back: the raw file, where it lies below `returned/`, its faults by severity, whether whole."""

    file: str
    returned: str
    errors: int
    warnings: int
    whole: bool = True


def write_returned(town: TownYear) -> list[Returned]:
    """Write a workbook for each raw file with something to mend, and take away those of files that no longer have any.

    Returns them by office (`ledger_order.yml`), those with most to mend first.
    """
    folder, shown = town.workspace.raw(town.year), shown_names(town.workspace, town.year)
    paths = [shown.path(path.relative_to(folder).as_posix()) for path in raw_files(town.workspace, town.year)]
    received = set(paths)
    issues = [issue for issue in open_issues(town.results.issues()) if issue.file in received]
    refused = [issue for issue in issues if issue.kind == "file_refused"]
    unread = {issue.file for issue in refused}
    faults = [issue for issue in issues if issue.kind not in NOT_FOR_OFFICES and issue.file not in unread]
    names, layouts = names_of(paths), _layouts(town)
    done = []
    by_file = dict(_grouped(faults, lambda issue: issue.file))
    raw = [raw_path(town.workspace, town.year, file) for file in by_file]
    named = [(path, path.relative_to(folder).as_posix()) for path in raw]
    with Reader() as reader, LimitedCopies() as copies, closing(reader.read_all(named)) as files:
        for file, mine in zip(files, by_file.values(), strict=True):
            read = shown.file(file)
            if not read.refused:
                request = _request(town, read, mine, layouts)
                content, whole = copies.make(request)
                write_bytes(town.processed / FOLDER / names[read.path], content)
                done.append(Returned(read.path, names[read.path], *request.counts, whole))
    done += _write_refused(town, refused, paths)
    _remove_stale(town, {one.returned for one in done})
    write_json(town.processed / INDEX, [asdict(one) for one in done])
    return _ranked(town, done)


def _ranked(town: TownYear, workbooks: Iterable[Returned]) -> list[Returned]:
    """By office, those with most to mend first."""
    office = office_key(town.settings.specs.ledgers.values())

    def place(one: Returned) -> tuple[Any, ...]:
        return office(PurePosixPath(one.returned).parts[0]), -one.errors, -one.warnings, one.returned

    return sorted(workbooks, key=place)


def names_of(paths: Iterable[str]) -> dict[str, str]:
    """Where each raw file's workbook lies below `returned/`: its own path as .xlsx, told apart where two would meet."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(paths, key=lambda path: (not path.lower().endswith(".xlsx"), path)):
        place = PurePosixPath(path)
        folder = place.parent if len(place.parts) > 1 else PurePosixPath(NO_OFFICE)
        name = f"{folder}/{place.stem}.xlsx"
        number = 1
        while name.casefold() in taken:
            kind = place.suffix.removeprefix(".") or "无扩展名"
            name = f"{folder}/{place.stem}（{kind}{'' if number == 1 else number}）.xlsx"
            number += 1
        taken.add(name.casefold())
        found[path] = name
    return found


def _layouts(town: TownYear) -> dict[tuple[str, str], tuple[str, SheetLayout]]:
    """File, sheet -> the ledger and its layout there."""
    found = {}
    for ledger in town.settings.specs.ledgers:
        for layout in town.results.layouts(ledger):
            place = layout.file, layout.sheet
            # Of two tables side by side an issue does not say which it is of: the row is marked, not a cell.
            found[place] = (ledger, replace(layout, at={}) if place in found else layout)
    return found


def _request(
    town: TownYear,
    file: RawFile,
    issues: Sequence[Issue],
    layouts: Mapping[tuple[str, str], tuple[str, SheetLayout]],
) -> CopyRequest:
    """What the file's workbook is made of: its faults in the order of its cells."""
    sheets = {sheet.name: sheet for sheet in file.sheets}
    faults = [_fault(town, issue, sheets.get(issue.sheet), layouts.get((file.path, issue.sheet))) for issue in issues]
    faults.sort(key=lambda f: (list(sheets).index(f.sheet) if f.sheet in sheets else -1, f.row or 0, f.at or 0))
    headers = {sheet: layout.header for (path, sheet), (_, layout) in layouts.items() if path == file.path}
    errors, warnings = (sum(fault.severity == severity for fault in faults) for severity in ("error", "warning"))
    return CopyRequest(
        str(raw_path(town.workspace, town.year, file.path)),
        file,
        faults[:MAXIMUM_FAULTS],
        headers,
        (errors, warnings),
        town.settings.unit.name,
        town.year,
    )


def _fault(town: TownYear, issue: Issue, sheet: RawSheet | None, layout: tuple[str, SheetLayout] | None) -> Fault:
    """An issue in the office's words, with the cell it concerns."""
    columns = town.settings.specs.ledgers[layout[0]].columns if layout else {}
    name = next((name for name, column in columns.items() if column.label == issue.column), "")
    at = layout[1].at.get(name) if layout else None
    if sheet is not None and at is not None and at >= max(map(len, sheet.rows), default=0):
        at = None  # said elsewhere than in a column of its own
    if at is None and issue.column and sheet is not None and issue.row is not None:
        at = column_of(sheet, issue.row - 1, issue.column)
    expected = _allowed(town, columns[name]) if issue.kind == "value_unknown" and name else issue.expected
    advice = CATALOGUE[issue.kind].to_office or issue.advice
    return Fault(issue.severity, issue.sheet, issue.row, at, issue.column, issue.found, expected, advice)


def _allowed(town: TownYear, column: Column) -> str:
    """The values a closed column may hold."""
    unit = town.settings.unit
    values = {"village": unit.villages, "office": unit.offices}.get(column.kind, tuple(column.values))
    return (
        "、".join(values[:MAXIMUM_VALUES]) + (f" 等 {len(values)} 个" if len(values) > MAXIMUM_VALUES else "") + "之一"
    )


def _write_refused(town: TownYear, refused: Sequence[Issue], paths: Sequence[str]) -> list[Returned]:
    """A list for each office of its files that could not be read: there is no workbook to mark."""
    done = []
    for office, mine in _grouped(refused, lambda issue: _folder(issue.file)):
        name = names_of([*paths, f"{office}/{REFUSED}.xls"])[f"{office}/{REFUSED}.xls"]
        faults = [
            Fault("error", "", None, None, issue.file, issue.found, "能打开的工作簿", CATALOGUE[issue.kind].to_office)
            for issue in mine
        ]
        content = refusals(faults, "、".join(issue.file for issue in mine), town.settings.unit.name, town.year)
        write_bytes(town.processed / FOLDER / name, content)
        done += [Returned(issue.file, name, 1, 0, whole=False) for issue in mine]
    return done


def _folder(path: str) -> str:
    """The office's folder that a raw file lies in."""
    return PurePosixPath(path).parts[0] if "/" in path else NO_OFFICE


def _grouped(issues: Iterable[Issue], key: Callable[[Issue], str]) -> Iterator[tuple[str, list[Issue]]]:
    """The issues of each key, keys in order."""
    for name, alike in groupby(sorted(issues, key=key), key):
        yield name, list(alike)


def _remove_stale(town: TownYear, kept: set[str]) -> None:
    """Take away what an earlier run returned and this one does not."""
    folder = town.processed / FOLDER
    for path in sorted(folder.rglob("*.xlsx")) if folder.is_dir() else ():
        if path.relative_to(folder).as_posix() not in kept:
            remove(path)
