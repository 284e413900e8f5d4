"""What one table of a ledger is to another that replaces it, and the thresholds by which that is told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fazhi.cleaning.decided import OPEN, QuestionAnswer
from fazhi.cleaning.records import CleanTable

MANY = 3  # so many different records in common are no chance
MAJORITY = 0.6  # of both tables: then one is a newer version of the other
Relation = Literal["contained", "version", "sums", "masked", "overlap"]
Counts = Counter[int]  # how often a table holds each record, by a number that equal records share


@dataclass(frozen=True)
class Replaced:
    """A table none of whose records count, since `by` holds them. `is_certain`: the names or the contents leave no doubt."""

    table: int  # places among the tables compared
    by: int
    relation: Relation
    is_certain: bool
    unmatched: int = 0  # records of the table that `by` does not hold as they are
    said: QuestionAnswer = OPEN  # what an analyst has decided of the two


def row_span(part: CleanTable) -> Iterator[str]:
    """The rows of a table's records in words: 第 3—14 行."""
    numbers = part.entries.numbers
    if numbers:
        yield f"第 {numbers[0]}—{numbers[-1]} 行" if len(numbers) > 1 else f"第 {numbers[0]} 行"
