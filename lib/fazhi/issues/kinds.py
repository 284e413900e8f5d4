"""What is known of a kind of issue before one is met."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
Mender = Literal["office", "analyst", "maintainer"]

SEVERITY_LABELS: dict[str, str] = {"error": "须处理", "warning": "请核实", "info": "说明"}
MENDER_LABELS: dict[str, str] = {"office": "填报科室", "analyst": "汇总人", "maintainer": "维护人员"}


@dataclass(frozen=True)
class IssueKind:
    """What is known of an issue before its place is: `error` makes the run end with exit code 1.

    `to_office` is the advice in the workbook that goes back to an office, where that differs from the analyst's.
    """

    label: str
    severity: Severity
    mender: Mender
    found: str = ""
    expected: str = ""
    advice: str = ""
    to_office: str = ""
