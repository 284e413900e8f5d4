"""Plan and result: last year's targets (下一年度工作计划指标表) against this year's indicators, by a mapping in data.

What no indicator answers for is listed, never guessed.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from fazhi.dictionary.loading import layered, nearest
from fazhi.dictionary.models import Specs
from fazhi.errors import SpecError
from fazhi.values.normalise import normalise

STATES = {
    "met": "完成",
    "short": "未完成",
    "open": "尚有待核实的行",
    "missing": "缺台账",
    "unit": "计量单位不同",
    "no_target": "未填目标值",
    "several": "对应不止一项指标",
    "none": "没有对应的指标",
}
COMPARABLE = ("met", "short")
NOTHING = "无"
Words = Sequence[Sequence[str]]  # lists of words that a name must hold, one list all of them
# Measure words that count the same thing: 场 and 场次 of sessions, 件 and 件次 of cases; a person is not a visit.
_SAME = ({"场", "场次", "次"}, {"件", "件次", "份"}, {"项", "个"}, {"家次", "户次"}, {"%", "％"})


def compare(
    targets: Sequence[Mapping[str, Any]],
    indicators: Mapping[str, Any],
    accepted: Mapping[str, str],
    mapping: Mapping[str, Words] | None = None,
) -> list[dict[str, Any]]:
    """A row a target, as it was planned: name, target, unit, indicator id or None, result, state (`STATES`), candidates, and
    how many rows may change target or result.

    `targets` and `indicators` as in statistics.json; a rate is 0–1. `accepted` is the town's own mapping by name, `mapping`
    that of the dictionary, the package's by default.
    """
    mapping = load_mapping() if mapping is None else mapping
    return [_compared(row, indicators, _answers(str(row["indicator"]), mapping, accepted)) for row in targets]


def load_mapping(specs: Specs | None = None) -> dict[str, Words]:
    """The mapping of the package and of a town's own dictionary: indicator -> lists of words."""
    found = layered("plan_results.yml", specs.own if specs else ())
    for name, (place, lists) in found.items():
        if specs and name not in specs.indicators:
            near = nearest(name, list(specs.indicators), 1, 0)[0]
            raise SpecError(f"{place}所指的指标不存在，最接近的是“{near}”。")
        if not isinstance(lists, list) or not all(isinstance(words, list) and words for words in lists):
            raise SpecError(f"{place} 应为词的列表，如 [[普法, 场]]，请改正。")
    return {name: [[str(word) for word in words] for words in lists] for name, (_, lists) in found.items()}


def check_accepted(accepted: Mapping[str, str], specs: Specs) -> None:
    """What the town's own mapping names must exist, or be 无."""
    for name, indicator in accepted.items():
        if indicator != NOTHING and indicator not in specs.indicators:
            near = nearest(indicator, list(specs.indicators), 1)
            more = f"，最接近的是“{near[0]}”" if near else ""
            raise SpecError(f"aliases.yml 的 plans 中“{name}”所指的指标“{indicator}”不存在{more}。")


def _answers(name: str, mapping: Mapping[str, Words], accepted: Mapping[str, str]) -> list[str]:
    """The indicators that answer best for a target's name: one when it is certain."""
    if name in accepted:
        return [] if accepted[name] == NOTHING else [accepted[name]]
    text = normalise(name)
    weights = {
        indicator: max((sum(map(len, words)) for words in lists if all(word in text for word in words)), default=0)
        for indicator, lists in mapping.items()
    }
    best = max(weights.values())
    return [indicator for indicator, weight in weights.items() if weight and weight == best]


def _compared(row: Mapping[str, Any], indicators: Mapping[str, Any], answers: Sequence[str]) -> dict[str, Any]:
    unit = str(row.get("unit") or "").strip()
    found = {
        "name": row["indicator"], "target": _target(row["target"], unit), "unit": "%" if unit == "％" else unit,
        "indicator": answers[0] if len(answers) == 1 else None, "result": None, "result_unit": "",
        "candidates": list(answers) if len(answers) > 1 else [],
        **{key: row.get(key) for key in ("file", "sheet", "row")}, "open_rows": row.get("open_rows", 0),
    }  # fmt: skip
    if found["indicator"] in indicators:
        told = indicators[found["indicator"]]
        found |= {"result": told["value"], "result_unit": told["unit"]}
        found["open_rows"] += told.get("open_rows", 0)
        return {**found, "state": _state(found, told)}
    return {**found, "state": "several" if answers else "none"}


def _state(found: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    if told["value"] is None:
        return "missing"
    if found["target"] is None:
        return "no_target"
    if not _same_measure(found["unit"], told["unit"]):
        return "unit"
    if found["result"] >= found["target"]:
        return "met"
    return "open" if told.get("open_rows") else "short"


def _target(value: Any, unit: str) -> Any:
    """A share in percent as 0–1, as the statistics have it: 95 under the unit % is 0.95, and 0.5 is half a percent."""
    if value is not None and unit in ("%", "％"):
        return float(Decimal(str(value)) / 100)
    return value


def _same_measure(one: str, other: str) -> bool:
    return one == other or any(one in same and other in same for same in _SAME)
