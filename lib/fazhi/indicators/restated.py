"""Last year's figures that are not what last year's report printed: the ledger, or what was decided of it, has changed since.

The rule: a figure is held against what the ledgers of both years say today, unless `compare_with` in `unit.yml` says 公布数.
Figures about people are held against today's ledgers always, as whether they give anybody away is audited on rows. Where
today's ledgers have no such figure, the printed one is taken. Until the town has said which, the comparison is open.
Targets of a plan are not restated: they stand as they were published.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fazhi import number_words
from fazhi.dictionary.models import Indicator, Unit
from fazhi.documents.model import OPEN_MARK
from fazhi.indicators.published_figures import PLAN, PublishedFigure
from fazhi.issues import Issue
from fazhi.workspace.year_statistics import IndicatorEntry, Number, PlanTarget, Restated

PRINTED = "公布数"
_NEAR = 1e-9


def restated(
    spec: Indicator, last: IndicatorEntry | None, printed: PublishedFigure | None, unit: Unit
) -> Restated | None:
    """What is known of last year's figure, where it is not what was printed then; None where it is, or nothing was kept."""
    if printed is None:
        return None
    today = last.value if last is not None else None
    if _alike(printed.value, today):
        return None
    is_printed = not spec.persons and (today is None or unit.compare_with == PRINTED)
    decided = unit.compare_with is not None or spec.persons or today is None
    return Restated(printed.value, today, "printed" if is_printed else "ledger", decided)


def base(last: IndicatorEntry | None, known: Restated | None) -> Number | None:
    """The figure that this year's is held against."""
    if known is None or known.compared == "ledger":
        return last.value if last is not None else None
    return known.printed


def questions(spec: Indicator, entry: IndicatorEntry, own: PublishedFigure | None) -> list[Issue]:
    """What is told of a figure that was printed otherwise: of last year's, asked while the town has not said which is compared;
    and of this year's, where its own report is published already."""
    place, found = f"指标「{spec.label}」", []
    if entry.restated is not None:
        known, which = entry.restated, {"ledger": "现台账的数", "printed": "公布的数"}[entry.restated.compared]
        found.append(
            Issue.of(
                "figure_restated", place, ledger=spec.ledger, previous_year=entry.previous_year,
                severity="info" if known.decided else None,
                advice=f"与上年比较用{which}，文中注明。" if known.decided else None,
                printed=number_words.shown_exactly(known.printed, spec.unit), today=_now(known.today, spec.unit),
            )
        )  # fmt: skip
    if own is not None and not _alike(own.value, entry.value):
        parts: dict[str, Any] = {
            "printed": number_words.shown_exactly(own.value, spec.unit),
            "today": _now(entry.value, spec.unit),
        }
        year = entry.previous_year + 1
        found.append(Issue.of("figure_published", place, ledger=spec.ledger, year=year, **parts))
    return found


def notes(entries: Iterable[IndicatorEntry], *, of_table: bool = False) -> list[str]:
    """What stands below figures that are compared with restated ones; nothing where none is. A table's rows are today's always."""
    moved = [entry for entry in entries if entry.restated is not None]
    if not moved:
        return []
    open_ = OPEN_MARK if any(one.restated and not one.restated.decided for one in moved) else ""
    if of_table:
        return [f"{open_}上年数按现台账，与上年报告公布的不同。"]
    ways = {"ledger": "现台账的数", "printed": "公布的数"}
    told = [
        f"与上年的{said}比较的有{'、'.join(labels)}"
        for way, said in ways.items()
        if (labels := [one.label for one in moved if one.restated and one.restated.compared == way])
    ]
    return [f"{open_}上年的数在公布以后有变动：{'；'.join(told)}。"]


def as_printed(
    targets: Sequence[PlanTarget], printed: Mapping[str, PublishedFigure], year: int
) -> tuple[list[PlanTarget], list[Issue]]:
    """Last year's plan targets as they were published, and what is told of those that its ledger has otherwise by now.

    A plan that was published is not restated: its targets are held against the results as they were printed.
    """
    held, issues = list(targets), []
    for name, one in ((n.removeprefix(PLAN), one) for n, one in printed.items() if n.startswith(PLAN)):
        places = [place for place, target in enumerate(targets) if target.name == name]
        if any(targets[place].target == one.value for place in places):
            continue
        if len(places) == 1:
            held[places[0]] = replace(targets[places[0]], target=one.value)
        now = "、".join(f"{targets[place].target}{targets[place].unit or ''}" for place in places)
        issues.append(
            Issue.of(
                "target_restated", f"计划指标「{name}」", ledger="plan_targets", previous_year=year - 1,
                severity="info" if len(places) == 1 else None, printed=f"{one.value}{one.unit}",
                today=f"为{now}" if now else "没有这一项",
            )
        )  # fmt: skip
    return held, issues


def _alike(printed: Number, today: Number | None) -> bool:
    return today is not None and abs(today - printed) <= _NEAR * max(1, abs(today))


def _now(value: Number | None, unit: str) -> str:
    return "没有这个数" if value is None else f"为 {number_words.shown_exactly(value, unit)}"
