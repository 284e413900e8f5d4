"""What needs a decision, and what the analyst should know: one value for every message that concerns the data."""

from fazhi.issues.catalogue import CATALOGUE, NOT_FOR_OFFICES, SEVERITY_LABELS, IssueKind, Severity
from fazhi.issues.groups import by_office, issue_groups, open_questions
from fazhi.issues.issue import MASK, Issue
from fazhi.issues.received import UNREAD, unread_files, unread_lines
from fazhi.issues.tables import issue_frame, issue_table, nullable

__all__ = [
    "CATALOGUE", "MASK", "NOT_FOR_OFFICES", "SEVERITY_LABELS", "UNREAD", "Issue", "IssueKind", "Severity", "by_office", "issue_frame",
    "issue_groups", "issue_table", "nullable", "open_questions",
    "unread_files", "unread_lines",
]  # fmt: skip
