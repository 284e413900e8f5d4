"""`fazhi trace`: from a printed figure back to the rows it rests on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi.documents.tables import Cell, Field, Sheet
from fazhi.errors import LedgerError, SpecError
from fazhi.number_words import said
from fazhi.workspace.files import dump_json, write_bytes
from fazhi.workspace.paths import Workspace, latest_year, place
from fazhi.workspace.reported_figures import MARK, ReportedFigure
from fazhi.workspace.results import YearResults
from fazhi.workspace.year_statistics import IndicatorEntry

if TYPE_CHECKING:
    from fazhi.town_year import TownYear

_SOURCE = {"source_file": "文件", "source_sheet": "工作表", "source_row": "行"}


def trace_command(
    folder: Path | None, indicator: str | None, year: int | None, xlsx: Path | None, *, as_json: bool
) -> int:
    """Print an indicator's definition and rows; with `xlsx`, write the rows as the clean table has them. Without one, all there are."""
    workspace = place(folder)
    year = latest_year(workspace, year)
    counted = _counted(workspace, year)
    if indicator is None:
        counted = counted or _open(workspace, year).statistics().indicators  # which says why there are none
        listed = {name: entry.shown(entry.value) for name, entry in counted.items()}
        lines = [f"{name}  {entry.label}：{listed[name]}" for name, entry in counted.items()]
        print(dump_json(listed) if as_json else "\n".join([*lines, "由哪些行得来：fazhi trace 代号"]))
        return 0
    labelled = [name for name, entry in counted.items() if entry.label == indicator]
    indicator = labelled[0] if len(labelled) == 1 else indicator
    entry = counted.get(indicator) or traced(_open(workspace, year), indicator)
    if as_json:
        print(dump_json({"id": indicator, **entry.as_json()}))
    else:
        print(trace_text(indicator, entry))
    if xlsx is not None:
        write_bytes(xlsx, trace_workbook(_open(workspace, year), indicator, entry))
        print(f"已写入 {xlsx}")
    return 0


def _counted(workspace: Workspace, year: int) -> Mapping[str, IndicatorEntry]:
    """The year's indicators as they were counted; none where they were not, or cannot be read."""
    try:
        statistics = YearResults(workspace.processed(year)).statistics()
    except ValueError:
        return {}
    return statistics.indicators if statistics is not None else {}


def _open(workspace: Workspace, year: int) -> "TownYear":
    """The town with its dictionary, which takes longer to load than a figure that is there takes to tell."""
    from fazhi.town_year import open_year

    return open_year(year, workspace.root)


def traced(town: "TownYear", indicator: str) -> IndicatorEntry:
    """The indicator's entry in the year's statistics."""
    from fazhi.dictionary.yaml_reading import nearest

    known = town.settings.specs.indicators
    if indicator not in known:
        labels = {f"{name}（{spec.label}）": name for name, spec in known.items()}
        words = nearest(indicator, [*known, *(spec.label for spec in known.values())], 3, 0)
        near = [shown for shown, name in labels.items() if name in words or known[name].label in words]
        raise SpecError(f"没有指标“{indicator}”，最接近的是：{'、'.join(near[:3])}。不写指标，则列出全部。")
    ledger = town.ledger(known[indicator].ledger)
    entries = town.statistics().indicators if town.results.is_counted or ledger.id in town.ledgers else {}
    if ledger.id not in town.ledgers and indicator not in entries:
        raise LedgerError(f"{town.settings.unit.name}没有{ledger.title}（unit.yml），指标“{indicator}”没有数。")
    if indicator not in entries and known[indicator].optional:
        raise LedgerError(f"{town.year}年{ledger.title}里没有一行是“{known[indicator].label}”，报告不提这个数。")
    if indicator not in entries:
        raise LedgerError(f"指标“{indicator}”是{town.year}年统计之后才有的。请重新运行 fazhi run {town.year}。")
    return entries[indicator]


def trace_text(indicator: str, entry: IndicatorEntry) -> str:
    """Definition, value, what it was divided by, last year's, and the rows by file and sheet."""
    lines = [f"{entry.label}（{indicator}）：{entry.shown(entry.value)}", f"定义：{entry.definition}"]
    if entry.denominator is not None:
        lines.append(f"分子 {entry.numerator}，分母 {entry.denominator}")
    if entry.caveat:
        lines.append(f"说明：{entry.caveat}")
    lines.append(f"上年：{entry.shown(entry.previous)}，变化 {entry.shown_change}")
    if known := entry.restated:
        printed, today = (entry.shown(value) for value in (known.printed, known.today))
        which = {"ledger": "现台账的数", "printed": "公布的数"}[known.compared]
        lines.append(f"上年报告公布 {printed}，现台账为 {today}；比较用{which}")
    if entry.open_rows:
        lines.append(f"待核实 {entry.open_rows} 行，更正后数字可能变化")
    if entry.reported:
        return "\n".join([*lines, *map(_reported_line, entry.reported)])
    lines.append(f"依据 {entry.row_count} 行：")
    for part in entry.rows:
        sheet = f"「{part.sheet}」" if part.sheet else ""
        lines.append(f"  {part.file}{sheet} 第 {row_ranges(part.rows)} 行")
    return "\n".join(lines)


def _reported_line(figure: ReportedFigure) -> str:
    line = f"（figures.csv 第 {figure.line} 行，其中写明何人何时填写）" if figure.line is not None else ""
    return f"{MARK}：{figure.place}，所写为 {figure.written}{line}"


def row_ranges(rows: Sequence[int]) -> str:
    """Row numbers with runs merged: 5—9、12."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):  # of a matrix one row is several records
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return "、".join(str(a) if a == b else f"{a}—{b}" for a, b in runs)


def trace_workbook(town: "TownYear", indicator: str, entry: IndicatorEntry) -> bytes:
    """An .xlsx with the rows of the clean table that the indicator rests on; ledger text stays text."""
    import pandas as pd

    from fazhi.documents.workbook import write_workbook

    ledger = town.ledger(entry.ledger)
    clean = town.results.clean_frame(ledger.id)
    if clean is None:
        raise LedgerError(f"{town.year}年没有{ledger.title}，没有可列出的行。")
    wanted = {(part.file, part.sheet, row) for part in entry.rows for row in part.rows}
    places = list(zip(clean["source_file"], clean["source_sheet"], clean["source_row"], strict=True))
    frame = clean[[place in wanted for place in places]]
    labels = [ledger.columns[name].label if name in ledger.columns else _SOURCE[name] for name in frame.columns]
    fields = [
        Field(
            label,
            "decimal" if pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) else "text",
            missing="",
        )
        for label, kind in zip(labels, frame.dtypes, strict=True)
    ]
    rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    sheet = Sheet("rows", "依据的行", fields, rows, [entry.definition], f"{town.year}年{ledger.title}")
    return write_workbook([sheet], f"{entry.label}（{indicator}）", town.settings.unit.name, town.year)


def _cell(value: Any) -> Cell:
    import pandas as pd

    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return None
    if isinstance(value, bool | str):
        return str(said(value))
    return value.isoformat()[:10] if hasattr(value, "isoformat") else float(value)
