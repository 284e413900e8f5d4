"""What a report template may say: figures by id, clauses that fall silent or change with their figures, sentences.

A figure or a piece of ledger text never enters the Markdown: a mark of private-use characters stands in for it and is
exchanged for a run after parsing. So ledger text cannot become markup, and no text can pass itself off as a figure.
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from fazhi import number_words
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import SpecError
from fazhi.narrative.figure_forms import FORMS
from fazhi.narrative.quantities import Quantity, targets_apart
from fazhi.narrative.template_names import FUNCTIONS, SLOT
from fazhi.narrative.template_syntax import PRIVATE
from fazhi.workspace.year_statistics import PlanResult

_MARK = re.compile("\ue000([\ue010-\ue019]+)\ue001")
_NUMERALS = {ord(str(n)): 0xE010 + n for n in range(10)}
_ARABIC = {code: str(chr(digit)) for digit, code in _NUMERALS.items()}

Run = dict[str, Any]


class Marks:
    """The runs of one report, each handed out as a mark and given back when the mark is met again."""

    def __init__(self) -> None:
        self._runs: list[Run] = []

    def put(self, text: str, **facts: Any) -> Markup:
        """A mark for a run; its text is what will be printed, whatever characters it holds."""
        clean = " ".join(PRIVATE.sub("", text).split())
        self._runs.append({"text": clean, **facts})
        return Markup("\ue000" + str(len(self._runs) - 1).translate(_NUMERALS) + "\ue001")

    def finalize(self, value: Any) -> Any:
        """Jinja's last step for a printed expression: only marks and the template's own text pass as they are."""
        if isinstance(value, Markup):
            return value
        text = str(value)
        if PRIVATE.search(text):
            raise SpecError("数字写好之后不能再加工（拼接请用 ~ 或者写进 clause）")
        return self.put(text)

    def runs(self, text: str) -> list[Run]:
        """`text` cut at its marks, every mark replaced by its run."""
        parts = _MARK.split(text)
        return [dict(self._run(part)) if place % 2 else {"text": part} for place, part in enumerate(parts) if part]

    def _run(self, numerals: str) -> Run:
        return self._runs[int(numerals.translate(_ARABIC))]


class TemplateFunctions:
    """The functions and filters of a template, over one town's quantities."""

    def __init__(
        self,
        known: Mapping[str, Quantity],
        targets: Mapping[str, list[str]],
        marks: Marks,
        planned: Iterable[PlanResult] = (),
    ) -> None:
        self._known = known
        self._targets = targets
        self._marks = marks
        self._planned = targets_apart(planned)  # last year's targets beside their results

    def functions(self) -> dict[str, Any]:
        """The functions by name."""
        return {name: getattr(self, name) for name in FUNCTIONS}

    def filters(self) -> dict[str, Any]:
        """`{{ "contracts.reviewed" | figure }}`; each filter takes an evidence id."""
        return {
            "figure": self.figure,
            **{form: partial(self.figure, form=form) for form in FORMS},
            "change": self.change,
            "listing": lambda items: Markup(number_words.listing(str(self._marks.finalize(item)) for item in items)),
        }

    def quantity(self, name: str) -> Quantity:
        if name not in self._known:
            near = nearest(name, list(self._known), 1)
            raise SpecError(f"没有“{name}”这个指标" + (f"，最接近的是“{near[0]}”" if near else ""))
        return self._known[name]

    def figure(self, name: str, form: str = "") -> Markup:
        """One figure as printed; a gap where it is missing, or zero, when the sentence must be another."""
        quantity = self.quantity(name)
        if quantity.state == "known":
            facts: Run = {"open": True} if quantity.open_rows else {}
            return self._marks.put(quantity.shown(form), figure=quantity.id, **facts)
        if quantity.state == "gap":
            measure = quantity.unit if quantity.unit not in ("%", "元") else ""
            return self._marks.put(f"〔待核实〕{measure}", figure=quantity.id, gap=True)
        if quantity.state == "unsaid":
            return self.gap("待改写", f"本单位没有“{quantity.label}”的台账，请在报告模板中用 clause 写，或者删去这一句")
        why = "本年为零" if quantity.state == "zero" else "没有可以计算的内容"
        return self.gap("待改写", f"“{quantity.label}”{why}，请在报告模板中用 clause 的 zero 为此另写一句")

    def change(self, name: str) -> Markup:
        """`较2024年增长23%`; nothing where this year's figure is zero or missing."""
        quantity = self.quantity(name)
        if quantity.state != "known" or not quantity.comparable:
            return self._marks.put("")
        lead, figure = quantity.change()
        undecided = quantity.restated is not None and not quantity.restated.decided
        facts: Run = {"open": True} if quantity.open_rows or undecided else {}
        said = self._marks.put(figure, figure=f"{quantity.id}:change", **facts) if figure else Markup("")
        return self._marks.put(lead) + said + (self._marks.put(quantity.basis) if quantity.basis else "")

    def clause(self, text: str, zero: str = "", needs: str = "") -> Markup:
        """`text` with its `{id}` or `{id|form}` filled in.

        Where a figure is zero, `zero` stands instead; where a rate is one of nothing, `needs` is zero, or the town keeps no
        such ledger, nothing.
        """
        slots = [(self.quantity(found[1]), found[2] or "") for found in SLOT.finditer(text)]
        states = {quantity.state for quantity, _ in slots}
        idle = any(form == "change" and not (q.comparable and q.state == "known") for q, form in slots)
        needed = self.quantity(needs).state if needs else ""
        if idle or states & {"void", "unsaid"} or needed in ("zero", "void", "unsaid"):
            return Markup("")
        if "zero" in states:
            first = next(quantity for quantity, _ in slots if quantity.state == "zero")
            return self._marks.put(zero, figure=first.id) if zero else Markup("")
        return Markup(SLOT.sub(self._fill, text))

    def sentence(self, *clauses: str, end: str = "。") -> Markup:
        """The clauses that say something, as one sentence; an empty mark (which breaks no paragraph) when none does."""
        said = [Markup(clause) for clause in clauses if clause]
        return Markup("，").join(said) + end if said else self._marks.put("")

    def gap(self, text: str, why: str) -> Markup:
        """A marked gap that the run reports with its reason."""
        return self._marks.put(f"〔{text}〕", gap=True, why=why)

    def falls_short(self, name: str) -> bool:
        """Whether a rate is known and below 100%."""
        quantity = self.quantity(name)
        if quantity.bound:
            return False  # to say so would tell that the few left out are not none
        return quantity.state in ("known", "zero") and quantity.value is not None and quantity.value < 1

    def fell(self, name: str) -> bool:
        """Whether a figure is lower than last year's and no row is out that could change that."""
        quantity = self.quantity(name)
        if quantity.value is None or quantity.previous is None or quantity.open_rows or not quantity.comparable:
            return False
        return quantity.value < quantity.previous

    def settlements(self) -> Markup:
        """`8个村、1个居委会`, leaving out what there is none of."""
        names = [name for name in ("unit:villages", "unit:communities") if self.quantity(name).state == "known"]
        return Markup("、").join(self.figure(name) for name in names)

    def targets(self, section: str) -> Markup:
        """The coming year's targets of one section of the plan as clauses, empty when it has none."""
        wanted = [self.quantity(name) for name in self._targets.get(section, [])]
        counts = [self._target(q) for q in wanted if q.unit != "%" and q.state != "zero"]
        rates = [self._target(q, "达到") for q in wanted if q.unit == "%" and q.state != "zero"]
        none = [self._marks.put(f"{q.label}以零为目标", figure=q.id) for q in wanted if q.state == "zero"]
        done = [Markup("计划完成") + Markup(number_words.listing(counts))] if counts else []
        return Markup("，").join([*done, *rates, *none])

    def planned(self, state: str) -> Markup:
        """Last year's targets of a state (met, short) with their results: `进校园活动计划3场、实际4场；…`."""
        rows = {name: row for name, row in self._planned.items() if row.state == state}
        return Markup("；").join(
            self._marks.put(row.name)
            + Markup("计划")
            + self._exactly(f"target:{name}")
            + Markup("、实际")
            + self._exactly(row.indicator or "")
            for name, row in rows.items()
        )

    def _exactly(self, name: str) -> Markup:
        """A figure, zero too."""
        quantity = self.quantity(name)
        facts: Run = {"open": True} if quantity.open_rows else {}
        return self._marks.put(quantity.shown(), figure=quantity.id, **facts)

    def _target(self, quantity: Quantity, link: str = "") -> Markup:
        link = link or ("：" if quantity.label[-1:].isascii() else "")
        figure = self.figure(quantity.id)
        if quantity.state == "known" and not quantity.unit:
            figure += self.gap(
                "单位待核实", f"计划指标“{quantity.label}”没有填计量单位，请在下一年度工作计划指标表中补填"
            )
        return self._marks.put(quantity.label) + link + figure

    def _fill(self, slot: re.Match[str]) -> str:
        name, form = slot[1], slot[2] or ""
        return str(self.change(name) if form == "change" else self.figure(name, form))


def plan_sections(known: Mapping[str, Quantity], plan: Mapping[str, Any]) -> dict[str, list[str]]:
    """Targets by section of the plan: the longest word found in its name decides, the last section takes the rest."""
    found: dict[str, list[str]] = {section: [] for section in plan}
    norms = {quantity.id for name, quantity in known.items() if name != quantity.id}
    for name, quantity in known.items():
        if quantity.ledger == "plan_targets" and name == quantity.id and name not in norms:
            words = {section: longest_word(quantity.label, body["targets"]) for section, body in plan.items()}
            best = max(words, key=lambda section: words[section])
            found[best if words[best] else list(plan)[-1]].append(name)
    return found


def longest_word(text: str, words: Iterable[str]) -> int:
    """Length of the longest of `words` in `text`, 0 when none is."""
    return max((len(word) for word in words if word in text), default=0)
