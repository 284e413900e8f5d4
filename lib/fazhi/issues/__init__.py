"""What needs a decision, and what the analyst should know: one value for every message that concerns the data."""

from fazhi.issues.catalogue import CATALOGUE, NOT_FOR_OFFICES
from fazhi.issues.groups import OpenQuestions, QuestionGroup, by_office, issue_groups, open_questions
from fazhi.issues.issue import MASK, Issue, open_issues
from fazhi.issues.kinds import MENDER_LABELS, SEVERITY_LABELS, IssueKind, Severity
from fazhi.issues.received import unread_files, unread_lines

__all__ = [
    "CATALOGUE", "MASK", "MENDER_LABELS", "NOT_FOR_OFFICES", "SEVERITY_LABELS", "Issue", "IssueKind", "OpenQuestions", "QuestionGroup", "Severity",
    "by_office", "issue_groups", "open_issues", "open_questions", "unread_files", "unread_lines",
]  # fmt: skip
