"""Sheets whose headings are days, months or kinds (人×日期 √, 单位×月份 件数), where a form says so.

Each such heading makes a table of its own beside the others: what stands under it, with what it says in a column behind. So a
cell stays in its row, a row may hold several records, and every record leads to its row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from fazhi.dictionary.form import Form
from fazhi.dictionary.form_matrix import Matrix
from fazhi.dictionary.models import Ledger
from fazhi.intake import Cell, RawFile, RawSheet
from fazhi.issues import Issue
from fazhi.recognition.arrangement import Arranged
from fazhi.recognition.form_cells import added, said_yes, says_no, says_nothing
from fazhi.recognition.forms import heading_places
from fazhi.recognition.headers import HEADER_SEARCH_ROWS, Header, Table, cuts_a_merge, header_at
from fazhi.recognition.row_groups import PART
from fazhi.recognition.rows import entries, is_total, void_in_passing, voided
from fazhi.town_year import TownSettings
from fazhi.values.closed_lists import Villages, Vocabulary
from fazhi.values.counts import parse_count
from fazhi.values.dates import parse_date
from fazhi.values.normalise import compact, normalise
from fazhi.values.titles import IGNORED_TITLES, REMARK_TITLES, heading_key, title_key

_MINIMUM_ACROSS = 2
_ADVICE = "请填报单位核对：算的写 √ 或数目，不算的留空；列名写清是哪一天、哪个月。"
_MAXIMUM_ACROSS = 100  # each is a table that is held against the others
_MONTH = re.compile(r"(20[0-9]{2}年)?(1[0-2]|0?[1-9])月份?")
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass
class _Matrix:
    """A sheet laid on its form: the header, what the headings to the right say, the rows that are data."""

    file: RawFile
    sheet: RawSheet
    spec: Matrix
    ledger: Ledger
    header: Header
    fixed: Mapping[str, int]
    across: Mapping[int, Cell]
    rows: Sequence[int] = ()  # from 1
    issues: list[Issue] = field(default_factory=list)

    def ask(self, what: str, row: int | None, at: int) -> None:
        titles = self.header.titles[at]
        heading = max(titles, key=len) if titles else normalise(self.across.get(at))
        place = self.file.path, self.sheet.name
        self.issues.append(
            Issue.of(
                "column_decides", *place, row=row, column=heading, what=what, advice=_ADVICE, ledger=self.ledger.id
            )
        )

    def cell(self, row: int, at: int) -> Cell:
        cells = self.sheet.rows[row - 1]
        return cells[at] if at < len(cells) else None


def matrix_parts(
    file: RawFile, sheet: RawSheet, settings: TownSettings, accepted: str | None
) -> tuple[list[Arranged], list[Issue]]:
    """A table for each heading to the right, and what is not understood there; nothing where no form calls the sheet a matrix."""
    for form in settings.forms:
        if form.matrix is None or accepted not in (None, form.ledger):
            continue
        found = _laid_out(file, sheet, form, settings)
        if found is not None:
            found = replace(found, rows=_data_rows(found))
            _ask_of_headings(found)
            return [_part(found, at) for at in found.across], found.issues
    return [], []


def _laid_out(file: RawFile, sheet: RawSheet, form: Form, settings: TownSettings) -> _Matrix | None:
    """The sheet on its form, with the header that tells most of the headings to the right."""
    spans = [(form.header[0] - 1, form.header[1] - form.header[0] + 1)] if form.header else [
        (row, depth) for depth in (1, 2, 3) for row in range(min(HEADER_SEARCH_ROWS, len(sheet.rows) - depth))
    ]  # fmt: skip
    spec, best = form.matrix, None
    assert spec is not None
    for first, depth in spans:
        if cuts_a_merge(sheet, first, first + depth - 1) or _stands_over_others(sheet, first + depth - 1):
            continue
        header = header_at(sheet, first, depth)
        fixed = heading_places(header, tuple(dict.fromkeys((*form.headings, *form.reads))))
        if not set(form.headings) <= fixed.keys() or not _are_lowest(header, fixed):
            continue
        across = _across(sheet, header, form, settings, set(fixed.values()))
        enough = _MINIMUM_ACROSS <= len(across) <= _MAXIMUM_ACROSS
        if enough and (best is None or len(across) > len(best.across)):
            ledger = settings.specs.ledgers[form.ledger]
            best = _Matrix(file, sheet, spec, ledger, header, fixed, across)
    return best


def _stands_over_others(sheet: RawSheet, row: int) -> bool:
    """Whether a heading of the row is merged over several columns: what each of them is stands below."""
    return any(top <= row <= bottom and left < right for top, left, bottom, right in sheet.merged)


def _are_lowest(header: Header, fixed: Mapping[str, int]) -> bool:
    """Whether nothing of the header stands below these headings: else its last rows are data."""
    return all(heading_key(header.titles[at][0]) == heading_key(normalise(heading)) for heading, at in fixed.items())


def _across(sheet: RawSheet, header: Header, form: Form, settings: TownSettings, fixed: set[int]) -> dict[int, Cell]:
    """Cell column -> what its heading says, of those that say a day, a month or a name of the closed list."""
    assert form.matrix is not None
    known = settings.vocabularies[form.ledger].get(form.matrix.across)
    found: dict[int, Cell] = {}
    for at, names in enumerate(header.titles):
        if at in fixed:
            continue
        raw = sheet.rows[header.last_row][at] if at < len(sheet.rows[header.last_row]) else None
        said = raw if isinstance(raw, date) else _said(names, known)
        if said is not None:
            found[at] = said
    return found


def _said(names: Sequence[str], known: Vocabulary | Villages | None) -> str | None:
    """What a heading says: of a month its last day. The longer of its names goes first: 3月 over 5日 is 3月5日."""
    for name in sorted(names, key=len, reverse=True):
        if known is not None:
            said = known.certain(name)
        elif month := _MONTH.fullmatch(compact(name)):
            said = f"{month[1] or ''}{int(month[2])}月{_LAST_DAYS[int(month[2]) - 1]}日"
        else:
            said = name if parse_date(name, year=2024).value is not None else None
        if said is not None:
            return said
    return None


def _data_rows(matrix: _Matrix) -> Sequence[int]:
    """The rows below the header that are no totals, notes or blanks."""
    columns = {f"〔{heading}〕": at for heading, at in matrix.fixed.items()}
    table = Table(matrix.ledger.id, matrix.sheet, matrix.header, columns, {})
    below = entries(table).numbers
    if matrix.spec.each == "cell":
        return below
    remarks = {row: " ".join(normalise(matrix.cell(row, at)) for at in sorted(_remarks(matrix))) for row in below}
    for row in (row for row in below if void_in_passing(remarks[row])):
        matrix.ask("备注说到作废，看不出这一行算不算，照常算在内", row, min(_remarks(matrix)))
    return [row for row in below if not _is_struck(matrix.sheet, row) and not voided(remarks[row])]


def _ask_of_headings(matrix: _Matrix) -> None:
    """Ask of columns with something in them whose heading says nothing that the form knows; totals and remarks aside."""
    aside = {*IGNORED_TITLES, *REMARK_TITLES}
    label = matrix.ledger.columns[matrix.spec.across].label
    for at, names in enumerate(matrix.header.titles):
        is_read = at in matrix.fixed.values() or at in matrix.across
        if is_read or any(is_total(name) or title_key(name) in aside for name in names):
            continue
        if any(not says_nothing(normalise(matrix.cell(row, at))) for row in matrix.rows):
            matrix.ask(f"这一列的列名看不出是哪个{label}，没有读入", None, at)
    width = len(matrix.header.titles)
    if any(cell not in (None, "") for row in matrix.rows for cell in matrix.sheet.rows[row - 1][width:]):
        matrix.ask(f"最右边有的列没有列名，看不出是哪个{label}，没有读入", None, width - 1)


def _part(matrix: _Matrix, at: int) -> Arranged:
    """The table of one heading: the sheet's rows with what does not belong to it taken out and the heading's value behind."""
    wanted = {row: made for row in matrix.rows if (made := _made(matrix, row, at)) is not None}
    keeps, others = set(matrix.fixed.values()), dict[int, str]()
    if matrix.spec.each == "column":
        keeps = set()
        if wanted:
            first, *more = wanted
            others = dict.fromkeys(more, PART)
            wanted = {first: total} if (total := added(list(wanted.values()))) is not None else {}
    else:
        keeps |= _remarks(matrix)
    sheet, width = matrix.sheet, max(map(len, matrix.sheet.rows))
    labels: list[Cell] = [matrix.ledger.columns[name].label for name in _behind(matrix.spec)]
    rows: list[list[Cell]] = []
    for number, cells in enumerate(sheet.rows, 1):
        if number <= matrix.header.first_row:
            rows.append(list(cells))
        elif number == matrix.header.last_row + 1:
            rows.append([*_titles(matrix, width), *labels])
        elif number in wanted:
            made_of_it: list[Cell] = [matrix.across[at], wanted[number]]
            rows.append([*_only(cells, keeps, width), *made_of_it[: len(labels)]])
        else:
            rows.append([])
    return Arranged(_with_looks(matrix, rows), others)


def _titles(matrix: _Matrix, width: int) -> list[Cell]:
    """The header in one row, without the headings to the right."""
    kept = set(matrix.fixed.values()) | _remarks(matrix)
    titles = matrix.header.titles
    return [titles[at][0] if at in kept else None for at in range(width)]


def _behind(spec: Matrix) -> list[str]:
    """The columns that are put behind the sheet's own."""
    return [name for name in (spec.across, spec.number) if name]


def _only(cells: Sequence[Cell], keeps: set[int], width: int) -> list[Cell]:
    return [cell if at in keeps else None for at, cell in enumerate(cells)] + [None] * (width - len(cells))


def _remarks(matrix: _Matrix) -> set[int]:
    """Columns of remarks: what they say of a row holds for all its cells."""
    return {at for at, names in enumerate(matrix.header.titles) if names and title_key(names[0]) in REMARK_TITLES}


def _with_looks(matrix: _Matrix, rows: list[list[Cell]]) -> RawSheet:
    """The sheet of these rows with what is said beside the cells that are left; only rows struck out as a whole are known to be."""
    sheet, kept = matrix.sheet, set(matrix.fixed.values()) | _remarks(matrix)
    struck = {row: _filled(rows[row - 1]) for row in sheet.struck if _is_struck(sheet, row)}
    first, below = matrix.header.first_row, matrix.header.last_row
    return replace(
        sheet,
        rows=rows,
        merged=[
            one for one in sheet.merged if one[2] < first or (one[0] > below and set(range(one[1], one[3] + 1)) <= kept)
        ],
        comments={place: text for place, text in sheet.comments.items() if place[1] - 1 in kept},
        fills={place: colour for place, colour in sheet.fills.items() if place[1] - 1 in kept},
        struck={row: count for row, count in struck.items() if count},
    )


def _filled(cells: Sequence[Cell]) -> int:
    return sum(cell not in (None, "") for cell in cells)


def _is_struck(sheet: RawSheet, row: int) -> bool:
    """Whether all of a row is struck through."""
    return sheet.struck.get(row, 0) >= _filled(sheet.rows[row - 1]) > 0


def _made(matrix: _Matrix, row: int, at: int) -> Cell:
    """What a cell counts as: its number, 1 for a tick, None where there is nothing. What is not understood is asked, not counted."""
    cell = matrix.cell(row, at)
    text = normalise(cell)
    if says_nothing(text):
        return None
    number = parse_count(cell).value
    if matrix.spec.number and number is not None:
        return number or None
    if said_yes(cell, ("是",)) and (matrix.spec.each == "column" or not matrix.spec.number):
        return 1
    if not says_no(text):
        matrix.ask(f"写着“{text[:20]}”，看不出算不算，没有算在内", row, at)
    return None
