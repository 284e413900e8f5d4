"""Pairs of records that may be one event, told of: where two tables have several, in one question with one answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fazhi.cleaning.decided import Decisions, QuestionAnswer
from fazhi.cleaning.records import Record
from fazhi.issues import Issue

SEVERAL = 3  # pairs of the same two tables are asked about at once
_AT_ONCE = 40  # at most: the name of a question holds each of them
_NAMED = 8  # rows listed
_TOGETHER = {"record_alike": "records_alike", "record_amended": "records_amended"}


@dataclass(frozen=True)
class Pair:
    """Two records that may be one event: what is told of the older, what an analyst has said, and how they differ."""

    issue: Issue
    older: Record
    newer: Record
    said: QuestionAnswer
    differing: str

    @property
    def _kind(self) -> tuple[str, int, int, tuple[bool, bool]]:
        """What pairs have in common that one answer may settle: the tables, and which of the two is void."""
        voids = self.older.fate == "cancelled", self.newer.fate == "cancelled"
        return self.issue.kind, id(self.older.part), id(self.newer.part), voids


def told_together(pairs: Iterable[Pair], decisions: Decisions, tables: Mapping[frozenset[int], str]) -> Iterator[Issue]:
    """What is told of each pair; of several open ones of the same two tables one question, and each as a note beside it.

    Those that an analyst wants to decide one by one, and one or two, are questions of their own. Where it is asked already which
    of two tables counts (`tables`: the name of that question), the answer settles their pairs.
    """
    groups: dict[object, list[Pair]] = {}
    for number, pair in enumerate(pairs):
        of_tables = tables.get(frozenset((id(pair.older.part), id(pair.newer.part))), "")
        if of_tables and pair.issue.severity != "info":
            yield replace(pair.issue, severity="info", question=of_tables)
            continue
        alone = pair.issue.severity == "info" or pair.said.alone
        groups.setdefault(number if alone else pair._kind, []).append(pair)
    for group in groups.values():
        if len(group) < SEVERAL:
            yield from (pair.issue for pair in group)
            continue
        for start in range(0, len(group), _AT_ONCE):
            question = _question(some := group[start : start + _AT_ONCE], decisions)
            yield question
            yield from (replace(pair.issue, severity="info", question=question.question) for pair in some)


def _question(group: Sequence[Pair], decisions: Decisions) -> Issue:
    """One question about pairs of the same two tables; it stands at the first row."""
    first = group[0]
    older, newer = first.older, first.newer
    both = first.issue.kind == "record_alike"
    return Issue.of(
        _TOGETHER[first.issue.kind], older.part.file, older.part.sheet, row=older.row, ledger=first.issue.ledger,
        count=len(group), rows=_rows([pair.older for pair in group]), others=_rows([pair.newer for pair in group]),
        other="本表" if newer.part is older.part else f" {newer.part.place}", differing=f"第 {older.row} 行{first.differing}",
        outcome="两处都照各自的计" if both else "这些行不计，以那些行为准",
        question=decisions.question_of_several(pair.issue.question for pair in group),
    )  # fmt: skip


def _rows(records: Sequence[Record]) -> str:
    """The rows of some records, the first of many."""
    return "、".join(str(record.row) for record in records[:_NAMED]) + (" 等" if len(records) > _NAMED else "")
