"""What an analyst can decide of things reported more than once: two records, two tables, a sheet set aside, equal rows.

Its answers stand under `once` in aliases.yml, by the contents they are about (`fazhi.cleaning.decided`).
"""

from collections.abc import Iterable, Iterator

from fazhi.cleaning.decided import answers_to
from fazhi.decisions.aliases_edit import Decision
from fazhi.errors import SpecError
from fazhi.issues import CATALOGUE, Issue

TARGET = "once"


def repeat_questions(issues: Iterable[Issue], *, settled: bool) -> Iterator[tuple[str, Issue]]:
    """The name of each question about something reported twice, with its issue; or of what is settled already, by rule or by
    an analyst. A note about one of the rows that an open question asks about together is neither."""
    first: dict[bool, dict[str, Issue]] = {False: {}, True: {}}
    for issue in issues:
        if issue.question:
            first[issue.severity == "info"].setdefault(issue.question, issue)
    yield from ((name, issue) for name, issue in first[settled].items() if not settled or name not in first[False])


def about(issue: Issue) -> str:
    """What the question is, in words."""
    return f"{CATALOGUE[issue.kind].label}（{issue.found}）"


def counted_once(question: str, answer: str) -> Decision:
    """The decision that answers a question. Raises SpecError that names the answers where it is none of them."""
    answers = answers_to(question)
    if not answers:
        raise SpecError(f"“{question}”不是 fazhi accept 列出的问题，没有改动。")
    if answer not in answers:
        raise SpecError(f"这个问题没有答案“{answer}”，可以答：{'、'.join(answers)}。没有改动。")
    return Decision((TARGET,), question, answer)
