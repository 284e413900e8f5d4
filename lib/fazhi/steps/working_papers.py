"""The working papers, which notebook 05 writes beside the appendices and which stay inside."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fazhi.cleaning.fate_labels import FATE_LABELS, fates_met
from fazhi.dictionary.ledger_order import office_key
from fazhi.disclosure.published_indicators import PublishedStatistics
from fazhi.documents.tables import Cell, Field, Sheet
from fazhi.documents.workbook import write_workbook
from fazhi.issues import CATALOGUE, SEVERITY_LABELS, Issue, by_office
from fazhi.steps.assumptions import assumptions_sheet
from fazhi.steps.evidence_sheet import sources_sheet
from fazhi.steps.year_log import methods_sheet, received_sheet
from fazhi.town_year import TownYear
from fazhi.workspace.files import write_bytes
from fazhi.workspace.results import WORKING

WORKING_TITLE = "{town}{year}年工作底稿（内部，不得公开）"
WORKING_NOTE = "内部使用：所列的行和数未经小数核查，不随报告公布。"


def working_sheets(town: TownYear, statistics: PublishedStatistics) -> list[Sheet]:
    """What those who make and check the report need: open questions, what became of every row, where every figure comes from,
    what was received, what was assumed and decided, and how every figure is counted."""
    made = (
        questions_sheet(town), ledgers_sheet(statistics), sources_sheet(town, statistics),
        received_sheet(town), assumptions_sheet(town, statistics), methods_sheet(town, statistics),
    )  # fmt: skip
    return [replace(sheet, notes=[WORKING_NOTE, *sheet.notes]) for sheet in made]


def write_working_papers(town: TownYear, made: Sequence[Sheet]) -> Path:
    """Write working_papers.xlsx, which is for the office alone."""
    title = WORKING_TITLE.format(town=town.settings.unit.name, year=town.year)
    return write_bytes(town.processed / WORKING, write_workbook(made, title, town.settings.unit.name, town.year))


def ledgers_sheet(statistics: PublishedStatistics) -> Sheet:
    """What became of every raw row, by ledger; the fates add up to the rows read. One that no row met has no column."""
    met = fates_met(state.fates for state in statistics.ledgers.values())
    fields = [Field("台账"), Field("报送科室"), Field("读到", "count")]
    fields += [Field(FATE_LABELS[fate], "count") for fate in met]
    rows = [
        [state.title, state.office, *([None] * (1 + len(met)) if state.status == "missing" else
         [state.read, *(state.fates[fate] for fate in met)])]
        for state in statistics.ledgers.values()
    ]  # fmt: skip
    return Sheet("ledgers", "台账各行去向", fields, rows, ["“读到”等于其后各栏之和。"], "各科室台账原件", says=())


def questions_sheet(town: TownYear) -> Sheet:
    """What is still to be decided or known, one a row, with the figures it may change: as many rows as the command counts."""
    fields = [
        Field("轻重"), Field("科室", missing=""), Field("文件"), Field("工作表", missing=""), Field("行", "count", ""),
        Field("列", missing=""), Field("现为"), Field("应为", missing=""), Field("怎么办", missing=""),
        Field("可能改变的数", missing=""),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            SEVERITY_LABELS[issue.severity], issue.office or None, issue.file, issue.sheet or None, issue.row,
            issue.column or None, issue.found or CATALOGUE[issue.kind].label, issue.expected or None,
            issue.advice or None, issue.changes or None,
        ]
        for issue in _issues_by_office(town)
    ]  # fmt: skip
    return Sheet("open_questions", "待处理事项", fields, rows, (), "台账清理与核对", says=())


def _issues_by_office(town: TownYear) -> list[Issue]:
    return by_office(town.results.issues(), office_key(town.settings.specs.ledgers.values()))
