"""One thing to decide or to know, and its message."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from fazhi.issues.catalogue import CATALOGUE
from fazhi.issues.kinds import SEVERITY_LABELS, Severity

_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
_RANKS = {severity: rank for rank, severity in enumerate(SEVERITY_LABELS)}
MASK = "（已隐去）"


@dataclass(frozen=True)
class Issue:
    """One thing to decide or to know. `row` is 1-based; `found` never holds a private value.

    `question` is the name under which aliases.yml remembers the answer (`fazhi accept`), where it does so by contents.
    The second step adds `office`, whose it is, and `changes`, the labels of the figures that it may change, with 、 between.
    """

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
    question: str = ""
    office: str = ""
    changes: str = ""

    @classmethod
    def of(
        cls, kind: str, file: str, sheet: str = "", *, severity: Severity | None = None, row: int | None = None,
        column: str = "", found: str | None = None, expected: str | None = None, advice: str | None = None,
        ledger: str = "", question: str = "", **parts: object,
    ) -> "Issue":  # fmt: skip
        """An issue of the catalogue: its texts filled in with `parts`, unless given whole, and its severity unless given."""
        known = CATALOGUE[kind]
        parts |= {"file": file, "sheet": sheet}
        texts = zip((found, expected, advice), (known.found, known.expected, known.advice), strict=True)
        found, expected, advice = (template.format_map(parts) if text is None else text for text, template in texts)
        return cls(
            kind, severity or known.severity, file, sheet, row, column, found, expected, advice, ledger, question
        )

    @property
    def rank(self) -> int:
        """The place of its severity, 0 for the gravest."""
        return _RANKS[self.severity]

    def sort_key(self) -> tuple[Any, ...]:
        """The gravest first, then by place."""
        return self.rank, self.file, self.sheet, self.row or 0, self.column, self.kind, self.found

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


def open_issues(issues: Iterable[Issue]) -> list[Issue]:
    """What is to be decided or mended; of a question about several rows at once also the notes about each, as grave as it."""
    every = list(issues)
    asked = {issue.question: issue.severity for issue in every if issue.severity != "info" and issue.question}
    return [
        replace(issue, severity=asked[issue.question]) if issue.severity == "info" else issue
        for issue in every
        if issue.severity != "info" or (issue.row is not None and issue.question in asked)
    ]
