"""假设和决定, for the working papers: what was taken for granted in a year, and what the analyst has decided, when and why."""

from collections import Counter
from collections.abc import Callable, Iterator

from fazhi.decisions.recorded import Recorded, recorded_decisions
from fazhi.disclosure.dominance import FEWEST, FEWEST_FOR_MEDIAN, P_PERCENT
from fazhi.disclosure.published_indicators import PublishedStatistics
from fazhi.documents.tables import Cell, Field, Sheet
from fazhi.issues import CATALOGUE, SEVERITY_LABELS
from fazhi.number_words import SMALL_BASE
from fazhi.privacy.register import hidden_values
from fazhi.town_year import TownYear

Row = tuple[str, str, str, str]  # kind, what, where it is written, when and why
_SECTIONS = {
    "values": "认定的写法", "own": "另设的类别", "columns": "认定的列", "villages": "认定的村（居）", "offices": "认定的科室",
    "plans": "计划指标对照", "files": "认定的文件", "once": "可能报了两次的", "not_names": "不是姓名的词",
}  # fmt: skip


def assumptions_sheet(town: TownYear, statistics: PublishedStatistics) -> Sheet:
    """One row an assumption or a decision: settings first, then decisions, then what cleaning did by rule."""
    fields = [Field("类别"), Field("内容"), Field("依据"), Field("日期和说明", missing="")]
    parts: tuple[Callable[[], Iterator[Row]], ...] = (
        lambda: _settings(town), lambda: _years(town), lambda: _decided(town),
        lambda: _figures(statistics), lambda: _by_rule(town),
    )  # fmt: skip
    mask = hidden_values(town.workspace, town.year, town.settings).redact
    rows: list[list[Cell]] = [
        [kind, mask(what), place, mask(why) or None] for part in parts for kind, what, place, why in part()
    ]
    notes = ["改动在“依据”所指的文件里进行，再运行一次。改正单元格的内容不在这里列出，可能有个人信息。"]
    return Sheet("assumptions", "假设和决定", fields, rows, notes, "设置、认定和清理规则", says=())


def _settings(town: TownYear) -> Iterator[Row]:
    unit, place = town.settings.unit, "unit.yml"
    yield "公布下限", f"涉及个人事务的数小于{unit.suppress_below}的不公布", place, ""
    yield (
        "公布下限", f"合计不足{FEWEST}方，或者除最大两方外其余之和不到最大一方{P_PERCENT}%的，不公布；中位数要有{FEWEST_FOR_MEDIAN}件以上",
        "程序", "p%规则",
    )  # fmt: skip
    yield "比较", f"上年不到{SMALL_BASE}的，只写增减数，不写百分比", "程序", ""
    if unit.compare_with:
        yield "比较", f"上年的数公布后有变动的，用{unit.compare_with}", place, ""
    for name in unit.without:
        yield "不设的台账", town.ledger(name).title, place, ""
    for name in unit.and_with:
        yield "另设的台账", town.ledger(name).title, place, ""


def _years(town: TownYear) -> Iterator[Row]:
    """By which date a row belongs to the year: of each ledger that was sent."""
    for name in town.results.sources().ledgers:
        ledger = town.ledger(name)
        if ledger.date_column and ledger.event_date and town.results.clean_file(name).exists():
            yield "归入年度", f"{ledger.title}按“{ledger.columns[ledger.date_column].label}”", "台账定义", ""


def _decided(town: TownYear) -> Iterator[Row]:
    path = town.workspace.aliases_file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for one in recorded_decisions(text):
        yield _SECTIONS.get(one.section, one.section), _said(town, one), path.name, one.note
    for form in town.settings.forms:
        if form.of_town:
            ledger = town.ledger(form.ledger).title if form.ledger else "不计入"
            yield "表样", f"{form.title}：{ledger}", f"forms/{form.id}.yml", form.source
    for issue in town.results.issues():
        if issue.kind == "correction":
            where = "".join(
                (issue.file, f"「{issue.sheet}」" if issue.sheet else "", f"第{issue.row}行“{issue.column}”")
            )
            yield "更正", where, "corrections.csv", issue.found


def _said(town: TownYear, one: Recorded) -> str:
    """A decision as a person says it: ledgers and columns by their titles."""
    ledger, _, column = (one.target or (one.means if one.section == "files" else "")).partition(".")
    known = town.settings.specs.ledgers.get(ledger)
    title = known.title if known else one.target
    if known and column in known.columns:
        title += f"“{known.columns[column].label}”"
    if one.section in ("own", "not_names"):
        return f"{title}：“{one.written}”" if title else f"“{one.written}”"
    means = title if one.section == "files" and known else one.means or "空"
    if one.section == "columns" and known and one.means in known.columns:
        means = known.columns[one.means].label
    if one.section == "plans" and one.means in town.settings.specs.indicators:
        means = town.settings.specs.indicators[one.means].label
    return f"{f'{title}：' if one.target else ''}“{one.written}”即“{means}”"


def _figures(statistics: PublishedStatistics) -> Iterator[Row]:
    """Figures without a ledger, and last year's that are not as they were published."""
    for entry in statistics.indicators.values():
        for one in entry.reported:
            yield "汇总数", f"{entry.label}：没有逐条台账，用科室报送的数", one.place, ""
        if entry.restated is not None:
            which = {"ledger": "现台账的数", "printed": "公布的数"}[entry.restated.compared]
            said = "" if entry.restated.decided else "尚未认定"
            yield "上年的数有变动", f"{entry.label}：与上年比较用{which}", "unit.yml 的 compare_with", said


def _by_rule(town: TownYear) -> Iterator[Row]:
    """What cleaning settled by its rules, counted, and what is left open; each stands in 待处理事项."""
    issues = town.results.issues()
    told = Counter(issue.kind for issue in issues if issue.severity == "info" and issue.kind != "correction")
    for kind, count in told.items():
        yield "按规则确定", f"{CATALOGUE[kind].label}：{count}处", "待处理事项", ""
    for severity, count in Counter(issue.severity for issue in issues if issue.severity != "info").items():
        yield (
            "尚未确定",
            f"{SEVERITY_LABELS[severity]}{count}处：待核实的行暂不计入，可能改变的数标※",
            "待处理事项",
            "",
        )
