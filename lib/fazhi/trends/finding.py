"""What a finding is: data and the sentence that says it, how sure it is, and how it stands in `trends.json`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

CONFIDENCE = {"firm": "可靠", "likely": "较可靠", "provisional": "暂定", "none": "在偶然波动范围内"}
KINDS = {
    "change": "变化", "step": "台阶", "season": "季节", "hotspot": "集中", "padding": "疑似虚增", "burst": "集中登记",
    "gap": "缺月", "repeat": "当事人重复", "round": "整数金额", "forecast": "预测",
}  # fmt: skip
# Chance of an invented finding, for a whole family of comparisons in one town. A claim that something changed may be likely;
# what stands for years (a season, a hotspot), the whole town's total and each sign in the rows are held to half of it; months
# missing in the whole town are a question to the office and no claim: they may be asked about under twice of it.
FIRM, STANDING, LIKELY, ASKED = 0.001, 0.0035, 0.007, 0.014


@dataclass(frozen=True)
class Finding:
    """One statement. A key that does not apply is None.

    `period`: `2025`, `2025-03`, `2024-07/2025-02`; a `step` has the month from which the new level holds. `size` and its
    95 % `interval` are what `measure` says; for `change`, `step`, `season`, `hotspot` a ratio (2.0 = doubled), for
    `padding` a share, otherwise a count. `confidence`: a key of `CONFIDENCE`, by `confidence()`. `parts` are signs of the same cause.
    `against`: the years it is held against, `2022/2024`, where they are more than the one before. `public` is False where the
    statement would show a village × type count below the town's threshold; `wider` then tells the same of less, in public.
    """

    kind: str
    sentence: str
    confidence: str
    village: str | None = None
    category: str | None = None
    source: str | None = None
    period: str | None = None
    measure: str | None = None
    size: float | None = None
    interval: tuple[float | None, float | None] | None = None
    parts: tuple["Finding", ...] = ()
    public: bool = True
    town: str | None = None
    against: str | None = None
    wider: "Finding | None" = None

    @property
    def claims(self) -> bool:
        """Whether it claims something, rather than tells that nothing can be claimed."""
        return self.confidence != "none"


def confidence(p_value: float, enough: bool = True, level: float = LIKELY) -> str:
    """How sure a claim is, by the chance that luck alone made anything like it among all comparisons of its family.

    Under `FIRM` firm, under `level` likely, else none; provisional where there were too few months or years to be sure.
    """
    if p_value >= level:
        return "none"
    if not enough:
        return "provisional"
    return "firm" if p_value < FIRM else "likely"


def entries(found: Sequence[Finding]) -> dict[str, list[dict[str, Any]]]:
    """`findings` that claim something, and `notes` that do not, as plain data."""
    by_kind = {True: [_entry(f) for f in found if f.claims], False: [_entry(f) for f in found if not f.claims]}
    return {"findings": by_kind[True], "notes": by_kind[False]}


def public(found: Sequence[Finding]) -> list[Finding]:
    """What may stand in the public version: no statement that shows a count below the threshold."""
    return [finding for finding in found if finding.public]


def _entry(finding: Finding) -> dict[str, Any]:
    order = [field.name for field in fields(Finding) if field.name not in ("parts", "sentence", "wider")]
    values = asdict(finding)
    entry = {name: _rounded(values[name]) for name in order}
    return {**entry, "sentence": finding.sentence, "parts": [_entry(part) for part in finding.parts]}


def _rounded(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_rounded(bound) for bound in value]
    return round(float(value), 4) if isinstance(value, float) else value
