"""`figures.csv`: figures of the year that an office reports as a total, without a ledger, each with the cell it is written in.

    indicator,value,period,file,sheet,cell,who,when
    petitions.received,479件次,,信访办/年报.docx,表1,B5,王某,2025-12-31

Chinese headings do as well. Several lines of one indicator are of different periods (1月, 一季度, 上半年) and add up. What a line
says is looked up in the file it names; one that is not right is left out and told.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from fazhi.dictionary.models import Indicator, Specs
from fazhi.dictionary.yaml_reading import nearest
from fazhi.intake import RawFile, RawSheet
from fazhi.intake.references import position
from fazhi.issues import Issue
from fazhi.values.normalise import normalise
from fazhi.values.reported_numbers import ReportedNumber, months_of, numbers_in, reported_number
from fazhi.workspace.files import exact_number
from fazhi.workspace.reported_figures import ReportedFigure

NAME = "figures.csv"
_HEADINGS = {
    "indicator": ("指标", "指标名称"), "value": ("数值", "数", "值"), "period": ("期间", "时段", "月份"), "file": ("文件",),
    "sheet": ("工作表", "表"), "cell": ("单元格",), "who": ("谁", "填写人", "经办人"), "when": ("何时", "填写日期", "日期"),
}  # fmt: skip
_PRIVATE = 10**7  # a longer number may be a telephone or an identity card
_REQUIRED = ("indicator", "value", "file", "who", "when")


@dataclass(frozen=True)
class FigureLine:
    """One line of the file; `number` is its number there."""

    number: int
    fields: Mapping[str, str]

    def of_file(self, path: str) -> "FigureLine":
        """The same line, of a file by another name."""
        return replace(self, fields={**self.fields, "file": path})

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


def read_lines(path: Path) -> tuple[list[FigureLine], list[Issue]]:
    """The file's lines, none where there is no such file; and why it could not be read."""
    if not path.exists():
        return [], []
    text = _decoded(path.read_bytes())
    if text is None:
        return [], [_unread(None, "不是 UTF-8 或 GB18030 文本", "请另存为 UTF-8 编码的 CSV。")]
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return [], [_unread(None, "不是 CSV 文本，或有过长的内容", "请另存为 UTF-8 编码的 CSV。")]
    names = [_name_of(title) for title in rows[0]] if rows else []
    lacking = [f"{name}（{_HEADINGS[name][0]}）" for name in _REQUIRED if name not in names]
    strange = [
        title for title, name in zip(rows[0] if rows else [], names, strict=True) if name is None and title.strip()
    ]
    if lacking or strange or len(set(names)) < len(names):
        headings = "、".join(f"{name}（{titles[0]}）" for name, titles in _HEADINGS.items())
        what = f"缺少列：{'、'.join(lacking)}" if lacking else f"有不认识或重复的列：{'、'.join(strange) or '标题重复'}"
        return [], [_unread(1, what, f"应有的列：{headings}；period、sheet、cell 可以没有。")]
    return _lines(rows, names)


def _lines(rows: Sequence[Sequence[str]], names: Sequence[str | None]) -> tuple[list[FigureLine], list[Issue]]:
    lines, issues = [], []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(names) and any(cell.strip() for cell in row[len(names) :]):
            issues.append(_unread(number, "这一行的列比标题多", "内容里有逗号的，请用引号括起。"))
            continue
        lines.append(FigureLine(number, {n: cell.strip() for n, cell in zip(names, row, strict=False) if n}))
    return lines, issues


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _name_of(title: str) -> str | None:
    plain = normalise(title).lower()
    return next((name for name, others in _HEADINGS.items() if plain == name or plain in others), None)


def _unread(line: int | None, fault: str, advice: str, ledger: str = "") -> Issue:
    return Issue.of("figure_unread", NAME, row=line, fault=fault, advice=advice, ledger=ledger)


def figures_of(
    lines: Iterable[FigureLine], files: Mapping[str, RawFile], specs: Specs
) -> tuple[list[ReportedFigure], list[Issue]]:
    """The figures of the lines that are right, and what is wrong with the others; `files` are the year's, by path."""
    figures: list[ReportedFigure] = []
    issues: list[Issue] = []
    for line in lines:
        made = _figure(line, files, specs)
        if isinstance(made, ReportedFigure) and any(
            set(made.months) & set(o.months) for o in figures if o.indicator == made.indicator
        ):
            spec = specs.indicators[made.indicator]
            made = _unread(
                line.number, f"“{spec.label}”这一时段已经有一个数", "一个时段只写一个数，请删去一行。", spec.ledger
            )
        if isinstance(made, Issue):
            issues.append(made)
        else:
            figures.append(made)
    return figures, issues


def _figure(line: FigureLine, files: Mapping[str, RawFile], specs: Specs) -> ReportedFigure | Issue:
    spec = _indicator(line["indicator"], specs)
    if isinstance(spec, str):
        return _unread(line.number, spec, "请写指标的代号或名称（见附表“主要指标”）。")
    if lacking := [_HEADINGS[name][0] for name in _REQUIRED if not line[name]]:
        return _unread(line.number, f"没有填写：{'、'.join(lacking)}", "请补填。", spec.ledger)
    found, months = reported_number(line["value"], spec.unit), months_of(line["period"])
    if isinstance(found, str):
        return _unread(line.number, f"“{spec.label}”的数值{found}", "请改正。", spec.ledger)
    if months is None:
        advice = "请写 1月、一季度、上半年、1—6月、全年之一。"
        return _unread(line.number, f"时段“{line['period'][:20]}”不认识", advice, spec.ledger)
    if len(months) < 12 and not adds_up(spec):
        return _unread(line.number, f"“{spec.label}”不能分月相加", "请写全年的数。", spec.ledger)
    if fault := _not_there(line, files, found):
        return _unread(line.number, fault, "请核对文件、工作表、单元格和数值。", spec.ledger)
    return reported(spec, found, line["value"], months, line["file"], line["sheet"], line["cell"].upper(), line.number)


def adds_up(spec: Indicator) -> bool:
    """Whether figures of parts of the year add up to the year's."""
    return spec.measure in ("count", "sum")


def reported(
    spec: Indicator, number: ReportedNumber, written: str, months: Iterable[int], file: str, sheet: str, cell: str,
    line: int | None = None,
) -> ReportedFigure:  # fmt: skip
    """The figure of an indicator that a number is."""
    value = float(number.value) if spec.unit == "%" else exact_number(number.value)
    above, below = number.parts or (None, None)
    return ReportedFigure(
        spec.id,
        value,
        float(number.precision),
        normalise(written),
        sorted(months),
        file,
        sheet,
        cell,
        line,
        above,
        below,
    )


def _indicator(written: str, specs: Specs) -> Indicator | str:
    """The indicator of that id or label; else why there is none."""
    plain = normalise(written)
    named = [spec for name, spec in specs.indicators.items() if plain in (name, normalise(spec.label))]
    if len(named) == 1:
        return named[0]
    known = {spec.label: name for name, spec in specs.indicators.items()} | {name: name for name in specs.indicators}
    near = nearest(plain, list(known), 1, 0)[0]
    return f"没有指标“{plain[:30]}”，最接近的是“{specs.indicators[known[near]].label}”（{known[near]}）"


def _not_there(line: FigureLine, files: Mapping[str, RawFile], number: ReportedNumber) -> str:
    """Why the number is not where the line says; '' where it is, or the file is none that can be read (a scanned page)."""
    file = files.get(line["file"].replace("\\", "/"))
    if file is None:
        near = nearest(line["file"], list(files), 1, 0)
        return f"没有文件“{line['file'][:60]}”" + (f"，最接近的是“{near[0]}”" if near else "")
    if file.refused or not (line["cell"] or line["sheet"]):
        return ""
    sheet = next((one for one in file.sheets if one.name == line["sheet"]), None)
    if not line["sheet"] and len(file.sheets) == 1:
        sheet = file.sheets[0]
    if sheet is None:
        return f"{file.path} 没有工作表“{line['sheet'][:30]}”，有的是：{'、'.join(one.name for one in file.sheets[:8])}"
    place = position(line["cell"]) if line["cell"] else None
    if line["cell"] and place is None:
        return f"单元格“{line['cell'][:20]}”应写成 B5 这样"
    return _differs(sheet, place, numbers_in(line["value"])) if place else ""


def _differs(sheet: RawSheet, place: tuple[int, int], wanted: set[Decimal]) -> str:
    row, column = place
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else []
    there = numbers_in(cells[column - 1]) if column <= len(cells) else set()
    if there & wanted:
        return ""
    shown = "、".join(f"{number:f}" for number in sorted(there) if number < _PRIVATE)
    return f"单元格里现在是 {shown or '别的数'}，不是所写的数" if there else "单元格里没有数"


def cited(lines: Iterable[FigureLine]) -> set[tuple[str, str]]:
    """The files and sheets that lines name: they are known for what they are."""
    return {(line["file"].replace("\\", "/"), line["sheet"]) for line in lines}
