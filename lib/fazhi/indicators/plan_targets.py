"""Plan and result: last year's targets (下一年度工作计划指标表) against this year's indicators, by a mapping in data.

What no indicator answers for is listed, never guessed.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from fazhi.dictionary.aliases import NO_INDICATOR
from fazhi.dictionary.loading import layered
from fazhi.dictionary.models import Specs
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import Faults, SpecError
from fazhi.values.normalise import normalise
from fazhi.workspace.year_statistics import IndicatorEntry, Number, PlanResult, PlanTarget

STATES = {
    "met": "完成",
    "short": "未完成",
    "open": "尚有待核实的行",
    "missing": "缺台账",
    "unit": "计量单位不同",
    "no_target": "未填目标值",
    "several": "对应不止一项指标",
    "none": "没有对应的指标",
    "withheld": "结果不公布，不作对照",  # given by `disclosure.published_indicators` alone
}
COMPARABLE = ("met", "short")
Words = Sequence[Sequence[str]]  # lists of words that a name must hold, one list all of them
# Measure words that count the same thing: 场 and 场次 of sessions, 件 and 件次 of cases; a person is not a visit.
_SAME = ({"场", "场次", "次"}, {"件", "件次", "份"}, {"项", "个"}, {"家次", "户次"}, {"%", "％"})


def compare(
    targets: Sequence[PlanTarget],
    indicators: Mapping[str, IndicatorEntry],
    accepted: Mapping[str, str],
    mapping: Mapping[str, Words] | None = None,
) -> list[PlanResult]:
    """Compare each target of last year's plan with this year's result.

    Parameters
    ----------
    targets
        Of last year's plan, in its order.
    indicators
        This year's entries by id.
    accepted
        The town's own answers, name of the target -> indicator, or 无 (`plans` in `aliases.yml`).
    mapping
        That of the dictionary, indicator -> words a target's name must hold; None for the package's.

    Returns
    -------
    list of PlanResult
        One a target, in the same order; what no indicator answers for says so, and is never guessed.
    """
    mapping = load_mapping() if mapping is None else mapping
    answers = (_answers(target.name, mapping, accepted) for target in targets)
    known = (names if len(names) > 1 or set(names) <= set(indicators) else [] for names in answers)
    return [_compared(target, indicators, names) for target, names in zip(targets, known, strict=True)]


def load_mapping(specs: Specs | None = None) -> dict[str, Words]:
    """The mapping of the package and of a town's own dictionary: indicator -> lists of words."""
    found = layered("plan_results.yml", specs.own if specs else ())
    faults = Faults()
    for name, (place, lists) in found.items():
        with faults.collected():
            _check_words(name, lists, place, specs)
    faults.raise_all()
    return {name: [[str(word) for word in words] for words in lists] for name, (_, lists) in found.items()}


def _check_words(name: str, lists: Any, place: str, specs: Specs | None) -> None:
    if specs and name not in specs.indicators:
        near = nearest(name, list(specs.indicators), 1, 0)[0]
        raise SpecError(f"{place}所指的指标不存在，最接近的是“{near}”。")
    if not isinstance(lists, list) or not all(isinstance(words, list) and words for words in lists):
        raise SpecError(f"{place} 应为词的列表，如 [[普法, 场]]，请改正。")


def _answers(name: str, mapping: Mapping[str, Words], accepted: Mapping[str, str]) -> list[str]:
    """The indicators that answer best for a target's name: one when it is certain."""
    if name in accepted:
        return [] if accepted[name] == NO_INDICATOR else [accepted[name]]
    text = normalise(name)
    weights = {
        indicator: max((sum(map(len, words)) for words in lists if all(word in text for word in words)), default=0)
        for indicator, lists in mapping.items()
    }
    best = max(weights.values())
    return [indicator for indicator, weight in weights.items() if weight and weight == best]


def _compared(target: PlanTarget, indicators: Mapping[str, IndicatorEntry], answers: Sequence[str]) -> PlanResult:
    unit = (target.unit or "").strip()
    planned = _as_share(target.target, unit)
    unit = "%" if unit == "％" else unit
    answer = answers[0] if len(answers) == 1 else None
    entry = indicators.get(answer) if answer is not None else None
    return PlanResult(
        name=target.name,
        target=planned,
        unit=unit,
        indicator=answer,
        result=entry.value if entry else None,
        result_unit=entry.unit if entry else "",
        candidates=answers if len(answers) > 1 else [],
        file=target.file,
        sheet=target.sheet,
        row=target.row,
        open_rows=target.open_rows + (entry.open_rows if entry else 0),
        state=_state(planned, unit, entry) if entry else "several" if answers else "none",
    )


def _state(target: Number | None, unit: str, entry: IndicatorEntry) -> str:
    if entry.value is None:
        return "missing"
    if target is None:
        return "no_target"
    if not _same_measure(unit, entry.unit):
        return "unit"
    if entry.value >= target:
        return "met"
    return "open" if entry.open_rows else "short"


def _as_share(value: Number | None, unit: str) -> Number | None:
    """A target in percent as 0–1, as the statistics have it: 95 under the unit % is 0.95, and 0.5 is half a percent."""
    if value is not None and unit in ("%", "％"):
        return float(Decimal(str(value)) / 100)
    return value


def _same_measure(one: str, other: str) -> bool:
    return one == other or any(one in same and other in same for same in _SAME)
