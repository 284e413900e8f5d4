"""Findings as data: what is claimed, how large, how sure, and the sentence that says so.

A finding claims something only where a test says that chance does not explain it. What was looked at and lies within
chance, and what could not be told, are notes: the same shape, `sureness` "none".
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from fazhi.specs import Unit
from fazhi.trends import series
from fazhi.trends.series import Disputes

SURENESS = {"firm": "可靠", "likely": "较可靠", "provisional": "暂定", "none": "在偶然波动范围内"}
KINDS = {
    "change": "变化", "step": "台阶", "season": "季节", "hotspot": "集中", "padding": "疑似虚增", "burst": "集中登记",
    "gap": "缺月", "repeat": "当事人重复", "round": "整数金额", "forecast": "预测",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One statement. A key that does not apply is None.

    `period`: `2025`, `2025-03`, `2024-07/2025-02`. `size` and its 95 % `interval` are what `measure` says: for `change`,
    `step`, `season`, `hotspot` a ratio (2.0 = doubled), for `padding` a share, otherwise a count. `sureness`: a key of `SURENESS`.
    `public` is False where the statement would show a count below the town's threshold.
    """

    kind: str
    sentence: str
    sureness: str
    village: str | None = None
    category: str | None = None
    source: str | None = None
    period: str | None = None
    measure: str | None = None
    size: float | None = None
    interval: tuple[float, float] | None = None
    parts: tuple["Finding", ...] = ()
    public: bool = True
    town: str | None = None

    @property
    def claims(self) -> bool:
        """Whether it claims something, rather than tells that nothing can be claimed."""
        return self.sureness != "none"


def find(disputes: Disputes, unit: Unit) -> list[Finding]:
    """All findings and notes of the rows in view, town by town, in the order in which they should be read."""
    return [_total(disputes)]


def _total(disputes: Disputes) -> Finding:
    rows = len(disputes.rows)
    sentence = f"{disputes.years[0]}—{disputes.years[-1]}年共受理矛盾纠纷{rows}件。"
    return Finding("change", sentence, "none", period=f"{disputes.years[0]}/{disputes.years[-1]}", size=rows)


def document(found: Sequence[Finding], disputes: Disputes | None = None) -> dict[str, Any]:
    """The content of `trends.json`: `findings` that claim something, `notes` that do not, and what was looked at."""
    looked = {"scope": series.describe(disputes)} if disputes else {}
    told = {True: [_entry(f) for f in found if f.claims], False: [_entry(f) for f in found if not f.claims]}
    return {**looked, "findings": told[True], "notes": told[False]}


def public(found: Sequence[Finding]) -> list[Finding]:
    """What may stand in the public version: no statement that shows a count below the threshold."""
    return [finding for finding in found if finding.public]


def _entry(finding: Finding) -> dict[str, Any]:
    order = [field.name for field in fields(Finding) if field.name not in ("parts", "sentence")]
    values = asdict(finding)
    entry = {name: _rounded(values[name]) for name in order}
    return {**entry, "sentence": finding.sentence, "parts": [_entry(part) for part in finding.parts]}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    return [round(float(bound), 4) for bound in value] if isinstance(value, tuple) else value
