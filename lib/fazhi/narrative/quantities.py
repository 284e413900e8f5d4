"""Every quantity a report may name, by evidence id, with what may truly be said of it.

`contracts.reviewed` is an indicator, `plan:法治进校园活动` a target of the coming year, `target:法治进校园活动` one of last
year's plan, `unit:villages` a count of `unit.yml`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeVar

from fazhi import number_words
from fazhi.dictionary.models import Indicator, Unit
from fazhi.disclosure.printed_forms import ABOVE
from fazhi.disclosure.published_indicators import PublishedEntry, PublishedStatistics
from fazhi.indicators.plan_targets import COMPARABLE
from fazhi.narrative.evidence import indicator_evidence, plain_evidence
from fazhi.narrative.figure_forms import FORMS, check_form
from fazhi.workspace.year_statistics import PlanResult, PlanTarget, Restated

# void: a rate with nothing below the line; unsaid: the town keeps no such ledger
State = Literal["known", "zero", "void", "gap", "unsaid"]
Target = TypeVar("Target", PlanTarget, PlanResult)


@dataclass(frozen=True)
class Quantity:
    """One quantity; `value` as in the statistics (a rate is 0–1, money is yuan), `evidence` as documents carry it."""

    id: str
    label: str
    unit: str
    value: Decimal | None
    state: State
    evidence: Mapping[str, Any]
    ledger: str = ""
    open_rows: int = 0
    previous: Decimal | None = None
    previous_year: int = 0
    decimals: int = 0
    bound: str = ""  # 不足 or 以上: the value itself is not published (published_indicators.py), `value` bounds it
    comparable: bool = True
    reported: bool = False  # a total without a ledger
    digits: int = 1  # decimals of a percentage
    restated: Restated | None = None  # last year's figure is not the one that was printed then

    @property
    def basis(self) -> str:
        """Which of last year's two figures is compared, for the reader of the comparison; empty where there is one only."""
        if self.restated is None or self.previous is None:
            return ""
        year = f"{self.previous_year}年"
        return f"（按更正后的{year}数）" if self.restated.compared == "ledger" else f"（按{year}公布数）"

    def shown(self, form: str = "") -> str:
        """The quantity in words; `form` is count, floor, over, near, wan, or empty for what its unit asks for."""
        value = self.value if self.value is not None else Decimal(0)
        if self.bound:
            text = number_words.percent(value, 0) if self.unit == "%" else number_words.count(value, self.unit)
            return f"{text}{self.bound}" if self.bound == ABOVE else f"{self.bound}{text}"
        check_form(form, self.label, self.unit)
        if self.unit == "%":
            return number_words.percent(value, self.digits)
        if self.unit == "元":
            return number_words.money(value)
        return (
            FORMS[form](value, self.unit)
            if form not in ("", "count")
            else number_words.count(value, self.unit, self.decimals)
        )

    def change(self) -> tuple[str, str]:
        """The comparison with last year: what leads up to it, and the figure itself (`较2024年`, `增长23%`)."""
        if self.value is None or not self.comparable:
            return "", ""
        if self.unit == "%":
            figure = number_words.points(self.value, self.previous)
            phrase = number_words.compared_rate(self.value, self.previous, self.previous_year)
        else:
            figure = number_words.growth(self.value, self.previous, self.unit)
            phrase = number_words.compared(self.value, self.previous, self.previous_year, self.unit)
        return phrase.removesuffix(figure) if figure else phrase, figure

    def change_evidence(self) -> dict[str, Any]:
        """Evidence of the comparison, its base kept: only the base year's figure gives the percentage again."""
        same = (
            "previous", "previous_year", "change", "rows", "office_counts", "open_rows", "trace", "status", "withheld", "says",
        )  # fmt: skip
        counted = self._difference() if self.unit != "%" and number_words.is_small_base(self.previous) else None
        return {
            **{name: self.evidence[name] for name in same},
            "label": f"{self.label}较上年变化",
            "definition": ("本年减上年" if self.unit == "%" or counted is not None else "（本年－上年）÷上年")
            + self.basis,
            "value": self.evidence.get("change") if counted is None else counted,
            "unit": "百分点" if self.unit == "%" else "%" if counted is None else self.unit,
            "numerator": self.evidence.get("value"),
            "denominator": self.evidence.get("previous"),
            "previous_unit": self.unit,
        }

    def _difference(self) -> float | None:
        return None if self.value is None or self.previous is None else float(self.value - self.previous)


def quantities(statistics: PublishedStatistics, unit: Unit, outline: Mapping[str, Any]) -> dict[str, Quantity]:
    """All quantities of one town's year that a template may name.

    Parameters
    ----------
    outline
        The content of `outline.yml`; its `norms` are held against the year's values.

    Returns
    -------
    dict
        Id -> quantity: indicators, targets of the plan, norms, last year's targets with their results, counts of `unit.yml`.
        Rates are 0–1, money is in yuan.
    """
    year = statistics.year
    found = {name: _indicator(name, entry, year) for name, entry in statistics.indicators.items()}
    found |= _targets(statistics.plan_targets)
    found |= _norms(found, outline["norms"])
    found |= _plan_results(statistics.plan_results, year)
    return found | _places(statistics.villages, unit)


def _indicator(name: str, entry: PublishedEntry, year: int) -> Quantity:
    return Quantity(
        id=name,
        label=entry.label,
        unit=entry.unit,
        value=_number(entry.bound_value if entry.bound else entry.value),
        state=_state(entry),
        evidence=indicator_evidence(name, entry, year),
        ledger=entry.ledger,
        open_rows=0 if entry.measure == "columns" else entry.open_rows,
        previous=_number(entry.previous),
        previous_year=entry.previous_year,
        decimals=entry.decimals,
        bound=entry.bound,
        comparable=not entry.change_withheld,
        reported=bool(entry.reported),
        digits=1 if entry.digits is None else entry.digits,
        restated=entry.restated,
    )


def unkept_quantity(spec: Indicator) -> Quantity:
    """An indicator of a ledger that the town does not keep."""
    return Quantity(spec.id, spec.label, spec.unit, None, "unsaid", {}, ledger=spec.ledger)


def _state(entry: PublishedEntry) -> State:
    """Nothing may be called none while rows that might count are still out."""
    if entry.value or entry.bound:
        return "known"
    if entry.withheld:
        return "void"
    if entry.status == "missing" or entry.open_rows:
        return "gap"
    if entry.value is None:
        return "void" if entry.is_rate or entry.measure == "least" else "gap"
    return "zero"


def _number(value: Any) -> Decimal | None:
    return None if value is None else number_words.exact(value)


def _targets(rows: Iterable[PlanTarget]) -> dict[str, Quantity]:
    return {f"plan:{name}": _target(f"plan:{name}", row) for name, row in targets_apart(rows).items()}


def targets_apart(rows: Iterable[Target]) -> dict[str, Target]:
    """Plan targets by name: one entered twice is one; others of the same name are numbered."""
    found: dict[str, Target] = {}
    seen: dict[str, list[tuple[Any, str]]] = {}
    for row in rows:
        name, target_unit = row.name, (row.target, (row.unit or "").strip())
        others = seen.setdefault(name, [])
        if target_unit not in others:
            found[name if not others else f"{name}（{len(others) + 1}）"] = row
            others.append(target_unit)
    return found


def _target(key: str, row: PlanTarget) -> Quantity:
    unit, value = (row.unit or "").strip(), _number(row.target)
    if unit in ("%", "％") and value is not None:
        unit, value = "%", value / 100
    definition = "下一年度工作计划指标表中的目标值，是计划数，不是完成数"
    evidence = plain_evidence(row.name, definition, row.target, unit, _source(row)) | _open(row.open_rows)
    state: State = "gap" if value is None or (not value and row.open_rows) else "known" if value else "zero"
    return Quantity(
        key, row.name, unit, value, state, evidence, ledger="plan_targets", decimals=2, open_rows=row.open_rows
    )


def _source(row: PlanTarget | PlanResult) -> list[dict[str, Any]]:
    return [{"file": row.file, "sheet": row.sheet, "count": 1}]


def _plan_results(rows: Iterable[PlanResult], year: int) -> dict[str, Quantity]:
    """Last year's targets that can be compared, and how many were met: `target:NAME`, `targets:met`, `targets:short`."""
    comparable = {name: row for name, row in targets_apart(rows).items() if row.state in COMPARABLE}
    found: dict[str, Quantity] = {}
    for name, row in comparable.items():
        key, value = f"target:{name}", _number(row.target)
        definition = f"{year - 1}年下一年度工作计划指标表中的目标值"
        evidence = plain_evidence(row.name, definition, row.target, row.unit, _source(row))
        found[key] = Quantity(key, row.name, row.unit, value, "known" if value else "zero", evidence, decimals=2)
    for state, word in zip(COMPARABLE, ("已完成", "未完成"), strict=True):
        number = sum(row.state == state for row in comparable.values())
        waiting = sum(row.open_rows for row in comparable.values())
        evidence = plain_evidence(
            f"{word}的计划指标", f"{year - 1}年计划指标中可与{year}年台账对照而{word}的", number, "项", []
        )
        key, count = f"targets:{state}", number_words.exact(number)
        found[key] = Quantity(
            key, f"{word}的计划指标", "项", count, "known" if number else "zero", evidence | _open(waiting),
            open_rows=waiting,
        )  # fmt: skip
    return found


def _norms(found: Mapping[str, Quantity], norms: Mapping[str, Any]) -> dict[str, Quantity]:
    return {f"plan:{name}": _norm(name, norm, found) for name, norm in norms.items()}


def _norm(name: str, norm: Mapping[str, Any], found: Mapping[str, Quantity]) -> Quantity:
    """A norm stands as the law has it, unless the town's own plan sets a rate for the same thing."""
    for known in found.values():
        if (
            known.id.startswith("plan:")
            and known.unit == "%"
            and any(word in known.label for word in norm["replaced_by"])
        ):
            return known
    evidence = plain_evidence(name, f"工作要求，不是统计数：{norm['source']}", norm["value"], norm["unit"], [])
    return Quantity(f"plan:{name}", name, norm["unit"], number_words.exact(norm["value"]), "known", evidence)


def _places(counts: Mapping[str, int], unit: Unit) -> dict[str, Quantity]:
    """Villages and residents' committees, the latter called what `unit.yml` calls them."""
    others = [name for name in unit.villages if not name.endswith(("村", "村委会"))]
    word = "社区" if others and all(name.endswith("社区") for name in others) else "居委会"
    named = {"unit:villages": ("村", "个村", "村"), "unit:communities": ("居", f"个{word}", word)}
    return {key: _place(key, counts.get(kind, 0), measure, label) for key, (kind, measure, label) in named.items()}


def _place(key: str, number: int, measure: str, label: str) -> Quantity:
    evidence = plain_evidence(f"{label}数", "unit.yml 的 villages 所列", number, measure, [])
    return Quantity(key, f"{label}数", measure, number_words.exact(number), "known" if number else "zero", evidence)


def _open(rows: int) -> dict[str, Any]:
    return {"open_rows": rows, "status": "open" if rows else "complete"}
