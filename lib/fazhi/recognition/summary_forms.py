"""Totals of indicators out of sheets that a form of the town calls a summary: under these headings, for these months."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePosixPath

from fazhi.dictionary.form import Form
from fazhi.dictionary.models import Indicator
from fazhi.intake import RawFile, RawSheet
from fazhi.intake.model import column_letters
from fazhi.issues import Issue
from fazhi.recognition.figures_file import adds_up, reported
from fazhi.recognition.forms import form_of, heading_places
from fazhi.recognition.headers import Header, Table, text_at, texts_above
from fazhi.recognition.rows import entries, is_total
from fazhi.town_year import TownSettings
from fazhi.values.money import money_unit
from fazhi.values.normalise import compact, normalise
from fazhi.values.parsed import is_nothing
from fazhi.values.reported_numbers import ReportedNumber, months_of, reported_number
from fazhi.workspace.reported_figures import ReportedFigure

_YEAR = re.compile(r"20[0-9]{2}(?=年|[-—.])")


@dataclass
class _Summary:
    """A sheet on its form, and what is wrong in it."""

    file: RawFile
    sheet: RawSheet
    form: Form
    header: Header
    issues: list[Issue] = field(default_factory=list)

    def refuse(self, fault: str, advice: str, row: int | None = None, ledger: str = "") -> None:
        place = self.file.path, self.sheet.name
        self.issues.append(Issue.of("figure_unread", *place, row=row, fault=fault, advice=advice, ledger=ledger))


def figures_on_forms(
    files: Iterable[RawFile], settings: TownSettings, year: int
) -> tuple[list[ReportedFigure], list[Issue]]:
    """The figures of all sheets that are filled in on a form of totals, and what is wrong there."""
    figures: list[ReportedFigure] = []
    issues: list[Issue] = []
    if not any(form.figures for form in settings.forms):
        return [], []
    for file, sheet in ((one, sheet) for one in files for sheet in one.sheets):
        found = form_of(sheet, settings.forms)
        if found is not None and found[0].figures:
            summary = _Summary(file, sheet, *found)
            figures += _figures(summary, settings, year)
            issues += summary.issues
    return figures, issues


def _figures(summary: _Summary, settings: TownSettings, year: int) -> list[ReportedFigure]:
    texts = [*texts_above(summary.sheet, summary.header), summary.sheet.name, PurePosixPath(summary.file.path).stem]
    years = {int(found) for text in texts for found in _YEAR.findall(normalise(text))}
    if years and year not in years:
        said = "、".join(map(str, sorted(years)))
        summary.refuse(f"标题或名称写的是{said}年，不是{year}年", "请换成本年的表，或改正标题。")
        return []
    form = summary.form
    wanted = [*form.figures, *([form.period] if form.period else [])]
    places = heading_places(summary.header, wanted)
    if lacking := [heading for heading in wanted if heading not in places]:
        summary.refuse(f"缺少列：{'、'.join(lacking)}", "请核对表头，或改正 data/raw/forms 中的表样。")
        return []
    periods = _periods(summary, places.get(form.period))
    found, asked_before = [], len(summary.issues)
    for heading, name in form.figures.items():
        before = len(summary.issues)
        figures = _of_indicator(summary, settings.specs.indicators[name], places[heading], heading, periods)
        found += [replace(one, doubtful=asked_before > 0 or len(summary.issues) > before) for one in figures]
    return found


def _periods(summary: _Summary, at: int | None) -> dict[int, frozenset[int]]:
    """Row (from 1) -> the months it is of; rows of totals are of the whole year and come last."""
    places = {at for at, names in enumerate(summary.header.titles) if names}
    table = Table("", summary.sheet, summary.header, {str(place): place for place in places}, {})
    below = entries(table)
    found: dict[int, frozenset[int]] = {}
    for row in below.numbers:
        text = text_at(summary.sheet, row - 1, at) if at is not None else ""
        months = months_of(text) if at is None or text else None
        if months is None:
            summary.refuse(f"看不出是哪个月的（“{text[:10]}”）", "请写 1月、一季度、上半年之一。", row)
        else:
            found[row] = months
    return found


def _of_indicator(
    summary: _Summary, spec: Indicator, at: int, heading: str, periods: dict[int, frozenset[int]]
) -> list[ReportedFigure]:
    """The indicator's figures: a row each where rows are months, else their sum. Rows that sum up earlier ones are checked."""
    read = {row: number for row in periods if (number := _number(summary, spec, row, at, heading)) is not None}
    total = _total(summary, spec, at, heading)
    if not summary.form.period:
        return _whole_year(summary, spec, at, read, total)
    taken: dict[int, ReportedNumber] = {}
    for row, number in read.items():
        inside = {r: n for r, n in taken.items() if periods[r] <= periods[row]}
        overlapping = [r for r in taken if periods[r] & periods[row]]
        if not overlapping:
            taken[row] = number
        elif set(inside) != set(overlapping) or sum(n.value for n in inside.values()) != number.value:
            summary.refuse(
                f"“{heading}”第 {row} 行与第 {overlapping[0]} 行时段重叠，又不等于它们的和",
                "请核对。",
                row,
                spec.ledger,
            )
    _check(summary, spec, heading, list(taken.values()), total)
    if len(taken) > 1 and not adds_up(spec):
        summary.refuse(f"“{spec.label}”不能分月相加", "请只填全年一行。", None, spec.ledger)
        return []
    return [_reported(summary, spec, number, row, at, periods[row]) for row, number in taken.items()]


def _whole_year(
    summary: _Summary,
    spec: Indicator,
    at: int,
    read: dict[int, ReportedNumber],
    total: tuple[int, ReportedNumber] | None,
) -> list[ReportedFigure]:
    """One figure: the total's where there is one that is the sum of the rows, else the rows' sum."""
    heading = normalise(summary.header.titles[at][0])
    if len(read) > 1 and not adds_up(spec):
        summary.refuse(f"“{spec.label}”不能各行相加", "请只填一行。", None, spec.ledger)
        return []
    _check(summary, spec, heading, list(read.values()), total)
    if total is not None and not read:
        return [_reported(summary, spec, total[1], total[0], at, range(1, 13))]
    if not read:
        return []
    rows = list(read)
    value = sum((number.value for number in read.values()), Decimal(0))
    parts = next(iter(read.values())).parts if len(read) == 1 else None
    number = ReportedNumber(value, max(one.precision for one in read.values()), parts)
    made = _reported(summary, spec, number, rows[0], at, range(1, 13))
    if len(rows) > 1:
        made = replace(made, cell=f"{made.cell}:{column_letters(at)}{rows[-1]}")
    return [made]


def _check(
    summary: _Summary,
    spec: Indicator,
    heading: str,
    parts: Sequence[ReportedNumber],
    total: tuple[int, ReportedNumber] | None,
) -> None:
    """Ask where the total that the sheet has is not the sum of its rows."""
    if total is None or not parts or not adds_up(spec):
        return
    row, number = total
    added = sum((part.value for part in parts), Decimal(0))
    if abs(added - number.value) > (number.precision / 2 if spec.unit == "元" else 0):
        summary.refuse(
            f"“{heading}”逐行相加是 {added:f}，合计写的是 {number.value:f}，按逐行相加",
            "请核对原表。",
            row,
            spec.ledger,
        )


def _total(summary: _Summary, spec: Indicator, at: int, heading: str) -> tuple[int, ReportedNumber] | None:
    """The first row of totals below the header, and its number."""
    for row in range(summary.header.last_row + 2, len(summary.sheet.rows) + 1):
        texts = [text for column in range(min(at, 4)) if (text := text_at(summary.sheet, row - 1, column))]
        if texts and any(map(is_total, texts)):
            number = _number(summary, spec, row, at, heading)
            return (row, number) if number is not None else None
    return None


def _number(summary: _Summary, spec: Indicator, row: int, at: int, heading: str) -> ReportedNumber | None:
    """The number in a cell, in the unit that it, its heading or a note above names; None where it is empty or cannot be read."""
    text = text_at(summary.sheet, row - 1, at)
    if not text or is_nothing(text):
        return None
    if spec.unit == "元" and not re.search("元", text):
        text += _money_unit(summary, at)
    found = reported_number(text, spec.unit)
    if isinstance(found, str):
        summary.refuse(f"“{heading}”：{found}", "请改正。", row, spec.ledger)
        return None
    return found


def _money_unit(summary: _Summary, at: int) -> str:
    named = [unit for title in summary.header.titles[at] if (unit := money_unit(title))]
    noted = [
        found[1]
        for text in texts_above(summary.sheet, summary.header)
        if (found := re.search(r"单位[:：]?(\S?元)", compact(text)))
    ]
    return next(iter([*named, *noted]), "元")


def _reported(
    summary: _Summary, spec: Indicator, number: ReportedNumber, row: int, at: int, months: Iterable[int]
) -> ReportedFigure:
    written = f"{number.value:f}{spec.unit}" if spec.unit != "%" else f"{number.value * 100:f}%"
    cell = f"{column_letters(at)}{row}"
    return reported(spec, number, written, months, summary.file.path, summary.sheet.name, cell)
