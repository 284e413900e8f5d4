"""What a run tells at its end: issues counted, and those of the same fault in one line, by office."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fazhi.issues.issue import Issue
from fazhi.issues.kinds import SEVERITY_LABELS
from fazhi.issues.received import unread_files, unread_lines

MAXIMUM_GROUPS = (
    20  # groups of issues listed after a run; the working papers have every issue, on their sheet 待处理事项
)
MAXIMUM_FIGURES = 4  # named in a line as what an issue may change

OfficeKey = Callable[[str], tuple[int, str]]  # a sort key of offices (dictionary.ledger_order.office_key)


@dataclass(frozen=True)
class QuestionGroup:
    """The same fault in one column of one sheet: a line with all its rows, and how many places it is found in."""

    severity: str
    office: str
    line: str
    places: int


@dataclass(frozen=True)
class OpenQuestions:
    """What a run tells at its end: issues by severity, `groups` of those to be mended or confirmed, `more` issues untold, the ids
    of the indicators (`figures`) that may still change, and lines about files that were `received` and not read."""

    counts: Mapping[str, int] = field(default_factory=dict)
    groups: Sequence[QuestionGroup] = field(default_factory=list)
    more: int = 0
    figures: Sequence[str] = field(default_factory=list)
    received: Sequence[str] = field(default_factory=list)


def open_questions(issues: Sequence[Issue], office_key: OfficeKey, figures: Sequence[str] = ()) -> OpenQuestions:
    """Group the issues that a run tells at its end.

    Parameters
    ----------
    issues
        All of the year.
    office_key
        Sorts offices.
    figures
        Ids of the indicators that may still change.

    Returns
    -------
    OpenQuestions
        By office, the gravest first; the rest only counted.
    """
    questions = [issue for issue in issues if issue.severity != "info"]
    groups = issue_groups(by_office(questions, office_key))
    severities: Counter[str] = Counter(issue.severity for issue in issues)
    return OpenQuestions(
        counts={name: severities[name] for name in SEVERITY_LABELS},
        groups=groups[:MAXIMUM_GROUPS],
        more=sum(group.places for group in groups[MAXIMUM_GROUPS:]),
        figures=list(figures),
        received=unread_lines(unread_files(issues)),
    )


def by_office(issues: Iterable[Issue], office_key: OfficeKey) -> list[Issue]:
    """The gravest first, then an office's together, offices in the order of `office_key`, otherwise as they were."""
    return sorted(issues, key=lambda issue: (issue.rank, office_key(issue.office)))


def issue_groups(issues: Sequence[Issue]) -> list[QuestionGroup]:
    """The issues in groups, each where its first issue stands; missing ledgers with one advice are one."""
    groups: dict[tuple[str, ...], list[Issue]] = {}
    for issue in issues:
        groups.setdefault(_alike(issue), []).append(issue)
    return [_group(alike) for alike in groups.values()]


def _alike(issue: Issue) -> tuple[str, ...]:
    if issue.kind == "ledger_missing":
        return issue.kind, issue.advice
    return tuple(
        getattr(issue, name)
        for name in ("severity", "file", "sheet", "column", "kind", "expected", "advice", "changes")
    )


def _group(alike: Sequence[Issue]) -> QuestionGroup:
    first = alike[0]
    if first.kind == "ledger_missing":
        return QuestionGroup(first.severity, "", _missing_line(alike), len(alike))
    return QuestionGroup(first.severity, first.office, _line(alike), len(alike))


def _line(alike: Sequence[Issue]) -> str:
    first = alike[0]
    numbers = [issue.row for issue in alike if issue.row is not None]
    found = list(dict.fromkeys(issue.found for issue in alike))
    sheet, column = (f"「{name}」" if name else "" for name in (first.sheet, first.column))
    rows = f"第 {'、'.join(map(str, numbers[:8]))}{' 等' if len(numbers) > 8 else ''} 行" if numbers else ""
    expected = f"，应为{first.expected}" if first.expected else ""
    said = f"{'；'.join(found[:3])}{'等' if len(found) > 3 else ''}{expected}。{first.advice}"
    return f"{first.file}{sheet}{rows}{column}：{said}{_changes(first.changes)}"


def _changes(labels: str) -> str:
    """Which figures may change, in words."""
    names = labels.split("、") if labels else []
    if not names:
        return ""
    more = f"等 {len(names)} 个数" if len(names) > MAXIMUM_FIGURES else ""
    return f"可能改变：{'、'.join(names[:MAXIMUM_FIGURES])}{more}。"


def _missing_line(absent: Sequence[Issue]) -> str:
    """All missing ledgers in one line, each with the office that owes it."""
    owed = (f"{issue.found.removeprefix('没有')}（{issue.expected.removesuffix('报送')}）" for issue in absent)
    return f"缺 {len(absent)} 本台账：{'、'.join(owed)}。{absent[0].advice}"
