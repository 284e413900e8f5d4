"""What needs a decision, and what the analyst should know: one value for every message that concerns the data."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from fazhi.workspace.files import account_table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Severity = Literal["error", "warning", "info"]

MOST_GROUPS = 20  # groups of issues listed after a run; the notebook 02_statistics has them all
SEVERITY_LABELS = {"error": "须处理", "warning": "请核实", "info": "说明"}

# The kinds of issue and how grave each is unless it says otherwise. `error` makes the run end with exit code 1.
KINDS: dict[str, Severity] = {
    "file_refused": "error",
    "file_finding": "warning",
    "file_empty": "warning",
    "file_open": "warning",
    "file_twice": "warning",
    "returned_twice": "error",
    "year_empty": "error",
    "ledger_missing": "error",
    "ledger_failed": "error",
    "sheet_unknown": "error",
    "sheet_ambiguous": "error",
    "sheet_several": "error",
    "title_year": "warning",
    "header_missing": "error",
    "columns_missing": "error",
    "row_quarantined": "error",
    "value_unknown": "error",
    "value_unreadable": "warning",
    "row_duplicate_event": "info",
    "row_cancelled_by_remark": "warning",
    "cell_struck": "warning",
    "rows_lost": "error",
    "total_differs": "warning",
    "change_implausible": "warning",
    "parts_exceed": "error",
    "drift_columns": "warning",
    "drift_share": "warning",
    "drift_months": "warning",
    "drift_day": "warning",
    "correction": "info",
    "correction_unused": "error",
}

# Kinds that no office mends in its workbook: the analyst's own, and those about figures.
NOT_FOR_OFFICES = frozenset({
    "correction", "correction_unused", "ledger_failed", "ledger_missing", "year_empty", "change_implausible", "parts_exceed",
    "file_open", "file_twice", "returned_twice",
})  # fmt: skip

_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
MASK = "（已隐去）"


@dataclass(frozen=True)
class Issue:
    """One thing to decide or to know. `row` is 1-based; `found` never holds a private value."""

    kind: str
    severity: Severity
    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    found: str = ""
    expected: str = ""
    advice: str = ""
    ledger: str = ""

    @classmethod
    def of(
        cls, kind: str, file: str, sheet: str = "", *, severity: str | None = None, row: int | None = None,
        column: str = "", found: str = "", expected: str = "", advice: str = "", ledger: str = "",
    ) -> "Issue":  # fmt: skip
        """An issue of a known kind, as grave as its kind unless said otherwise."""
        grade: Severity = severity if severity in SEVERITY_LABELS else KINDS[kind]  # type: ignore[assignment]
        return cls(kind, grade, file, sheet, row, column, found, expected, advice, ledger)

    @property
    def place(self) -> str:
        """Where to look, as a person would say it: file「sheet」第 N 行「column」."""
        sheet = f"「{self.sheet}」" if self.sheet else ""
        row = f"第 {self.row} 行" if self.row is not None else ""
        column = f"「{self.column}」" if self.column else ""
        return f"{self.file}{sheet}{row}{column}"

    @property
    def sentence(self) -> str:
        """The whole message: where, what was found, what was expected, what to do."""
        found = f"：{self.found}" if self.found else ""
        expected = f"，应为{self.expected}" if self.expected else ""
        return f"{self.place}{found}{expected}。{self.advice}"

    def without(self, private: Iterable[str]) -> "Issue":
        """The same issue with every given private value, and any long number, taken out of what was found."""
        found = _LONG_NUMBER.sub(MASK, self.found)
        for value in sorted((value for value in private if value and value in found), key=len, reverse=True):
            # A number is masked where it stands by itself: the 20 of another cell is not the 20 of 2025.
            apart = rf"(?<!\d){re.escape(value)}(?!\d)" if value.isdecimal() else re.escape(value)
            found = re.sub(apart, MASK, found)
        return replace(self, found=found) if found != self.found else self


def issue_table(issues: Sequence[Issue]) -> "pa.Table":
    """A row an issue, gravest first, then by place."""
    order = list(SEVERITY_LABELS)
    ranked = sorted(
        issues, key=lambda i: (order.index(i.severity), i.file, i.sheet, i.row or 0, i.column, i.kind, i.found)
    )
    return account_table({name: [getattr(issue, name) for issue in ranked] for name in Issue.__dataclass_fields__})


def issue_frame(issues: Sequence[Issue]) -> "pd.DataFrame":
    """The same for pandas."""
    return nullable(issue_table(issues))


def nullable(table: "pa.Table") -> "pd.DataFrame":
    """Text and whole numbers of an account as pandas' own types that may be missing."""
    import pandas as pd
    import pyarrow as pa

    return table.to_pandas(types_mapper={pa.string(): pd.StringDtype(), pa.int64(): pd.Int64Dtype()}.get)


def open_questions(issues: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What a run tells at its end: counts by severity, the groups that need a decision, and how many more there are."""
    groups = issue_groups([issue for issue in issues if issue["severity"] == "error"])
    severities = Counter(issue["severity"] for issue in issues)
    counts = {name: severities[name] for name in SEVERITY_LABELS}
    return {"counts": counts, "groups": groups[:MOST_GROUPS], "more": max(0, len(groups) - MOST_GROUPS)}


def issue_groups(issues: Sequence[Mapping[str, Any]]) -> list[str]:
    """One line for the same fault in one column of one sheet, with all its rows."""
    absent = [issue for issue in issues if issue["kind"] == "ledger_missing"]
    lines = [_missing_line(absent)] if absent else []
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for issue in issues:
        if issue["kind"] != "ledger_missing":
            groups.setdefault(_alike(issue), []).append(issue)
    for (file, sheet, column, _, expected, advice), alike in groups.items():
        numbers = [issue["row"] for issue in alike if issue["row"] is not None]
        found = list(dict.fromkeys(issue["found"] for issue in alike))
        where = f"{file}{f'「{sheet}」' if sheet else ''}" + (
            f"第 {'、'.join(map(str, numbers[:8]))}{' 等' if len(numbers) > 8 else ''} 行" if numbers else ""
        )
        lines.append(
            f"{where}{f'「{column}」' if column else ''}：{'；'.join(found[:3])}{'等' if len(found) > 3 else ''}"
            + (f"，应为{expected}" if expected else "")
            + f"。{advice}"
        )
    return lines


def _alike(issue: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(issue[name] for name in ("file", "sheet", "column", "kind", "expected", "advice"))


def _missing_line(absent: Sequence[Mapping[str, Any]]) -> str:
    """All missing ledgers in one line, each with the office that owes it."""
    owed = (f"{issue['found'].removeprefix('没有')}（{issue['expected'].removesuffix('报送')}）" for issue in absent)
    return f"缺 {len(absent)} 本台账：{'、'.join(owed)}。{absent[0]['advice']}"
