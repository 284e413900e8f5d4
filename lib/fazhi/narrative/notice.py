"""The box on top of a draft: which figures are missing or may still move, why, and what to do."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fazhi.disclosure.published_indicators import PublishedEntry, PublishedStatistics
from fazhi.documents.model import OPEN_MARK
from fazhi.narrative.quantities import Quantity
from fazhi.number_words import day, full_width, shown_exactly
from fazhi.town_year import SOME_OFFICE
from fazhi.workspace.reported_figures import MARK
from fazhi.workspace.year_statistics import LedgerState, Received

Run = dict[str, Any]


def notice(
    runs: list[Run], known: Mapping[str, Quantity], statistics: PublishedStatistics, dated: date | None = None
) -> list[dict[str, Any]]:
    """One `notice` block, or none when nothing is missing and nothing is open. `dated`: the report's own date."""
    ledgers, year = statistics.ledgers, statistics.year
    by_id = {quantity.id: quantity for quantity in known.values()}
    received = statistics.received
    items = [
        *_received(received, ledgers),
        *_missing(runs, by_id, ledgers, received),
        *_without_plan(ledgers, received),
        *_unwritten(runs),
        *_open(runs, by_id, ledgers),
        *_reported(runs, by_id),
        *_restated(statistics),
        *_early(dated, year),
    ]
    if not items:
        return []
    items.append(f"处理后重新运行 fazhi run {year}。")
    return [{"type": "notice", "title": "待核实", "items": [full_width(item) for item in items]}]


def _received(received: Received, ledgers: Mapping[str, LedgerState]) -> list[str]:
    """Files that were received and not read; by number only, since a file's name may hold anything."""
    if not received.files:
        return []
    titles = "、".join(_named(name, ledgers)[0] for name in received.ledgers)
    may_be = f"，其中可能有{titles}" if titles else ""
    return [f"收到而没有认出的文件{received.files}个{may_be}。请先用 fazhi accept 加文件名指明，再看还缺什么。"]


def _collect(ledger: str, office: str, received: Received) -> str:
    """What to do about a ledger that is not there: an office is not asked for what may have been received."""
    return "可能就在没有认出的文件里，请先指明" if ledger in received.ledgers else f"请向{office}补收"


def _missing(
    runs: list[Run], by_id: Mapping[str, Quantity], ledgers: Mapping[str, LedgerState], received: Received
) -> list[str]:
    """Gaps by ledger: it is absent or unreadable, or all that would count is still quarantined."""
    items = []
    for ledger, found in _by_ledger([run for run in runs if run.get("gap") and "figure" in run], by_id).items():
        title, office = _named(ledger, ledgers)
        labels = "".join(f"“{quantity.label}”" for quantity, _ in found)
        rows = max(quantity.open_rows for quantity, _ in found)
        if rows:
            items.append(f"{title}有{rows}行待核实，没有别的可以计入：{labels}空缺，请{office}更正。")
        elif ledger == "plan_targets":
            items.append(f"{title}没有写目标值：{labels}空缺，请{office}补填。")
        else:
            items.append(f"{title}缺失或无法读取：{labels}空缺，{_collect(ledger, office, received)}。")
    return items


def _without_plan(ledgers: Mapping[str, LedgerState], received: Received) -> list[str]:
    plan = ledgers.get("plan_targets")
    if plan is None or plan.status != "missing":
        return []
    title, office = _named("plan_targets", ledgers)
    return [f"{title}缺失或无法读取：下一年安排没有目标数，{_collect('plan_targets', office, received)}。"]


def _open(runs: list[Run], by_id: Mapping[str, Quantity], ledgers: Mapping[str, LedgerState]) -> list[str]:
    """Figures that may still move, by ledger, under a line that says so."""
    items = [
        f"下列台账还有待核实的行，请科室更正；更正后，所列数字（文中标{OPEN_MARK}；段首标{OPEN_MARK}的是全段各数）可能变动。"
    ]
    by_ledger = _by_ledger([run for run in runs if run.get("open")], by_id)
    derived = by_ledger.pop("", [])
    for ledger, found in by_ledger.items():
        title, office = _named(ledger, ledgers)
        shown = "、".join(f"{quantity.label}{text}" for quantity, text in found)
        rows = max(quantity.open_rows for quantity, _ in found)
        items.append(f"{title}{rows}行（{office}）：{shown}。")
    if derived:
        items.append(f"由有待核实的数算出：{'、'.join(f'{quantity.label}{text}' for quantity, text in derived)}。")
    return items if len(items) > 1 else []


def _reported(runs: list[Run], by_id: Mapping[str, Quantity]) -> list[str]:
    """Figures that rest on a reported total."""
    found = _by_ledger([run for run in runs if "figure" in run], by_id)
    shown = [f"{one.label}{text}" for figures in found.values() for one, text in figures if one.reported]
    return [f"{MARK}，不能逐条核对：{'、'.join(shown)}。"] if shown else []


def _early(dated: date | None, year: int) -> list[str]:
    """A report that is dated before its year is over has last year's date."""
    if dated is None or dated >= date(year, 12, 1):
        return []
    return [f"成文日期{day(dated)}在{year}年结束以前，像是上年的，请核对unit.yml的report_date。"]


def _restated(statistics: PublishedStatistics) -> list[str]:
    """Last year's figures that were printed otherwise; of people's affairs by name only, as one of the two may be small."""
    items = []
    for entry in statistics.indicators.values():
        known = entry.restated
        if known is None:
            continue
        which = "公布的数" if known.compared == "printed" else "现台账的数"
        asked = "" if known.decided else "，请在unit.yml写明compare_with"
        items.append(f"{entry.label}：{_both(entry)}；与上年比较用{which}{asked}。")
    return ["下列上年的数在公布以后有变动。", *items] if items else []


def _both(entry: PublishedEntry) -> str:
    """What last year's report printed, and what its ledger says now."""
    assert entry.restated is not None
    known, year = entry.restated, entry.previous_year
    if entry.persons:
        return f"{year}年报告公布的与现台账不同，两数见工作底稿的“待处理事项”"
    today = "没有这个数" if known.today is None else f"为{shown_exactly(known.today, entry.unit)}"
    return f"{year}年报告公布{shown_exactly(known.printed, entry.unit)}，现台账{today}"


def _unwritten(runs: list[Run]) -> list[str]:
    return list(dict.fromkeys(f"{run['why']}。" for run in runs if run.get("why")))


def _by_ledger(runs: list[Run], by_id: Mapping[str, Quantity]) -> dict[str, list[tuple[Quantity, str]]]:
    """Figures of `runs` by ledger, each once with the words it was printed in (a change follows its figure)."""
    found: dict[str, dict[str, tuple[Quantity, str]]] = {}
    for run in runs:
        if run["figure"] in by_id:
            quantity = by_id[run["figure"]]
            found.setdefault(quantity.ledger, {}).setdefault(quantity.id, (quantity, run["text"]))
    return {ledger: list(figures.values()) for ledger, figures in found.items()}


def _named(ledger: str, ledgers: Mapping[str, LedgerState]) -> tuple[str, str]:
    state = ledgers.get(ledger)
    return (f"《{state.title}》", state.office) if state is not None else (f"《{ledger}》", SOME_OFFICE)
