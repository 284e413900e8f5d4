"""What a year's figures rest on, for the working papers: 数据登记 (files received), 统计方法 (how each figure is counted)."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from fazhi.cleaning.fate_labels import FATE_LABELS, fates_met
from fazhi.dictionary.models import Ledger
from fazhi.disclosure.published_indicators import PublishedEntry, PublishedStatistics
from fazhi.documents.tables import NOT_APPLICABLE, Cell, Field, Sheet
from fazhi.town_year import TownYear
from fazhi.workspace.results import FATES
from fazhi.workspace.year_statistics import LedgerState

COLLECTOR = "汇总人"  # keeps what the analyst writes
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SETTINGS = {"unit.yml": "设置", "aliases.yml": "认定", "corrections.csv": "更正", "figures.csv": "汇总数"}


def received_sheet(town: TownYear) -> Sheet:
    """Every file that the year was made from: who keeps it, its SHA-256, and what became of its rows."""
    place, sources = town.workspace, town.results.sources()
    own = {**dict.fromkeys([*place.spec_files, *place.year_settings(town.year)], "设置"), **_SETTINGS}
    fates = _fates_by_file(town)
    met = fates_met(fates.values())
    fields = [Field("文件"), Field("保管"), Field("台账", missing=NOT_APPLICABLE), Field("SHA-256", missing="没有读")]
    fields += [Field("读到", "count", NOT_APPLICABLE)]
    fields += [Field(FATE_LABELS[fate], "count", NOT_APPLICABLE) for fate in met]
    rows: list[list[Cell]] = []
    for name, fingerprint in sorted(sources.inputs.items(), key=lambda item: (item[0] in own, item[0])):
        known = fates.get(name, {})
        holds = [ledger for ledger, files in sources.ledgers.items() if name in files]
        counts: list[Cell] = [sum(known.values()), *(known.get(fate, 0) for fate in met)]
        titles = (
            "、".join(town.ledger(ledger).title for ledger in holds) or own.get(name) or ("不是台账" if known else "")
        )
        rows.append([
            name, COLLECTOR if name in own else _keeper(town, name, holds), titles or None,
            in_groups(fingerprint) if _SHA256.fullmatch(fingerprint) else None,
            *(counts if known else [None] * len(counts)),
        ])  # fmt: skip
    notes = [
        "原件在 data/raw 下，只读不改；SHA-256（每八位后有一个冒号）与原件不同的，是运行以后改过。",
        "上年的原件登记在上年的工作底稿。",
    ]
    return Sheet("received", "数据登记", fields, rows, notes, f"data/raw/{town.year}", says=())


def in_groups(fingerprint: str) -> str:
    """A fingerprint by eights: of one in a hundred whole ones some digits would be taken for a phone's or a bank card's."""
    return "".join(f"{fingerprint[at : at + 8]}:" for at in range(0, len(fingerprint), 8))


def _fates_by_file(town: TownYear) -> Mapping[str, Mapping[str, int]]:
    frame = pd.read_parquet(town.processed / FATES, columns=["file", "fate"])
    found: dict[str, dict[str, int]] = {}
    for file, fates in frame.groupby("file")["fate"]:
        found[str(file)] = {str(fate): int(count) for fate, count in fates.value_counts().items()}
    return found


def _keeper(town: TownYear, file: str, ledgers: Sequence[str]) -> str:
    """The office in whose folder a file lies; else those that owe its ledgers."""
    folder = file.partition("/")[0]
    if folder in town.settings.unit.offices:
        return folder
    return "、".join(dict.fromkeys(town.ledger(ledger).office for ledger in ledgers)) or COLLECTOR


def methods_sheet(town: TownYear, statistics: PublishedStatistics) -> Sheet:
    """How every indicator of the year is counted: definition, population, source, and what may be said of it."""
    fields = [
        Field("指标"), Field("单位"), Field("怎么算"), Field("范围"), Field("来源台账"), Field("报送科室"),
        Field("公布"), Field("变化多大要核实"), Field("说明", missing=""), Field("代号"),
    ]  # fmt: skip
    rows = [
        _method(town, name, entry, statistics.ledgers.get(entry.ledger))
        for name, entry in statistics.indicators.items()
    ]
    notes = ["范围中的行数是清理后计入的行，各文件的行数见“数据登记”。数值、分子和分母见附表“主要指标”。"]
    return Sheet("methods", "统计方法", fields, rows, notes, "指标定义和各台账", says=())


def _method(town: TownYear, name: str, entry: PublishedEntry, state: LedgerState | None) -> list[Cell]:
    ledger, spec = town.ledger(entry.ledger), town.settings.specs.indicators[name]
    said = "不公布" if entry.withheld else "只写界限" if entry.bound else "照实"
    if entry.status == "missing" and not entry.reported:
        said = "无数据"
    percent = f"{spec.plausible_change * 100:g}"
    places = "；".join(dict.fromkeys(one.place for one in entry.reported))
    source = f"汇总数：{places}" if places else ledger.title
    caveats = [entry.caveat, f"尚有{entry.open_rows}行待核实" if entry.open_rows else ""]
    return [
        entry.label, entry.unit, entry.definition, _population(ledger, state, town.year), source,
        "、".join(entry.office_counts) or ledger.office,
        f"{said}（涉及个人事务）" if entry.persons else said, f"{percent}个百分点" if entry.is_rate else f"{percent}%",
        "；".join(filter(None, caveats)) or None, name,
    ]  # fmt: skip


def _population(ledger: Ledger, state: LedgerState | None, year: int) -> str:
    """Which rows of the ledger an indicator looks at, and how many those are this year."""
    if state is None or state.status == "missing":
        return NOT_APPLICABLE
    date = ledger.columns[ledger.date_column].label if ledger.date_column and ledger.event_date else ""
    return f"{f'“{date}”在{year}年的' if date else ''}{state.fates['kept']}行"
