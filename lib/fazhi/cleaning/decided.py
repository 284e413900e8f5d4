"""What an analyst has decided of records and tables reported more than once: `once` in aliases.yml.

A decision knows its records by keyed fingerprints of their contents, so that it holds wherever they stand when a file is
sent again, and no name can be read from it. Two tables are known by some records of each, since they may have grown, and
by how many records would be lost or counted twice: where there are more now, it is asked again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from fazhi.cleaning.records import CleanTable, Record
from fazhi.issues import Issue
from fazhi.workspace.key import digester

NEWER, BOTH, THIS = "新的代替旧的", "两件都算", "只算这一份"
COUNT, LEAVE = "计入", "不计入"
ONCE = "相同的只算一次"
TWO_YEARS, EARLIER, LATER = "年", "只算上年的", "只算本年的"
ANSWERS = {
    "件": (NEWER, BOTH, THIS),
    "表": (NEWER, BOTH, THIS),
    "页": (COUNT, LEAVE),
    "群": (BOTH, ONCE),
    TWO_YEARS: (EARLIER, LATER, BOTH),
}  # by what a question is about: two records, two tables, a sheet set aside, records that nothing tells apart, two years' rows

_SAMPLE, _SHORT = 5, 6  # records by which a table is known again, and letters of each
_TABLES = re.compile(r"表\.\d+-\d+-\d+(\.[a-p-]+){2}")
LETTERS = str.maketrans("0123456789", "ghijklmnop")  # no digits, which might be taken for a number of somebody's


def answers_to(question: str) -> tuple[str, ...]:
    """The answers that a question's name allows; none where it is no such name."""
    return ANSWERS.get(question.split(".")[2], ()) if question.count(".") >= 3 else ()


@dataclass(frozen=True)
class QuestionAnswer:
    """The name of a question in aliases.yml and the answer, empty while it is open.

    `turned`: the analyst has seen the two the other way round, the newer as the older.
    """

    question: str
    answer: str = ""
    turned: bool = False

    @property
    def drops_older(self) -> bool:
        """Whether, of two of which one counts, it is the newer."""
        return (self.answer == NEWER) != self.turned


OPEN = QuestionAnswer("")


@dataclass
class Decisions:
    """The decisions of one ledger in one year, and which of them have been used."""

    ledger: str
    year: int
    once: Mapping[str, str] = field(default_factory=dict)
    key: bytes = b""

    def __post_init__(self) -> None:
        self._mine = {name: said for name, said in self.once.items() if self._is_mine(name)}
        self._of_tables = [name for name in sorted(self._mine) if _TABLES.fullmatch(name.removeprefix(self._head))]
        self._digest = digester(self.key, 5)
        self._used: set[str] = set()
        self._tables: dict[int, list[str]] = {}

    def _is_mine(self, name: str) -> bool:
        return name.startswith(self._head) and not name.startswith(f"{self._head}{TWO_YEARS}.")

    @property
    def _head(self) -> str:
        return f"{self.ledger}.{self.year}."

    def of_records(self, older: Record, newer: Record) -> QuestionAnswer:
        """What is decided of two records. That both count is said of two, not of a third like them."""
        prints = [self._print(one) for one in (older, newer)]
        for turned, (first, second) in enumerate((prints, prints[::-1])):
            said = self._said(f"件.{first}.{second}", turned=bool(turned))
            if said.answer:
                return said
        return QuestionAnswer(f"{self._head}件.{prints[0]}.{prints[1]}")

    def of_tables(self, older: CleanTable, newer: CleanTable) -> QuestionAnswer:
        """What is decided of two tables, which may have grown since; open where more is at stake than there was then."""
        for name in self._of_tables:
            for turned, pair in enumerate(((older, newer), (newer, older))):
                if self._is_about(name, *pair):
                    said = self._said(name.removeprefix(self._head), turned=bool(turned))
                    if said.answer:
                        return said
        compared = self._compare(older, newer)
        counts = "-".join(str(len(prints)) for prints in compared)
        samples = ".".join("-".join((own or compared[1])[:_SAMPLE]) for own in compared[::2])
        return QuestionAnswer(f"{self._head}表.{counts}.{samples}")

    def _is_about(self, name: str, one: CleanTable, other: CleanTable) -> bool:
        """Whether a decision is about these tables, and not more records would be lost or counted twice than it knew."""
        counts, *samples = (piece.split("-") for piece in name.split(".")[3:])
        if not (self._holds(one, samples[0]) and self._holds(other, samples[1])):
            return False
        gone, shared, come = self._compare(one, other)
        if self._mine[name] == BOTH:
            return len(shared) <= int(counts[1])
        lost, place = (gone, 0) if self._mine[name] == NEWER else (come, 1)
        return len(lost) <= int(counts[2 * place]) and (len(lost) > _SAMPLE or {*lost} <= {*samples[place]})

    def _compare(self, one: CleanTable, other: CleanTable) -> tuple[list[str], list[str], list[str]]:
        """The records that only the first table has, that both have, that only the other has, in short."""
        first, second = (Counter(print_[:_SHORT] for print_ in self._prints(part)) for part in (one, other))
        compared = (first - second, first & second, second - first)
        return tuple(sorted(records.elements()) for records in compared)  # type: ignore[return-value]

    def _holds(self, part: CleanTable, sample: Sequence[str]) -> bool:
        """Whether a table has most records of a sample."""
        held = {print_[:_SHORT] for print_ in self._prints(part)}
        return 2 * sum(one in held for one in sample) > len(sample)

    def of_sheet(self, part: CleanTable) -> QuestionAnswer:
        """Whether the records of a table that was set aside count."""
        return self._said(f"页.{self._whole(part)}")

    def of_equals(self, records: Sequence[Record]) -> QuestionAnswer:
        """Whether records that are equal to others, and named by nothing, are events of their own."""
        return self._said(f"群.{self._digest(repr(sorted(map(self._print, records)))).translate(LETTERS)}")

    def stand_apart(self, part: CleanTable) -> bool:
        """Whether the table is said to count beside another one that holds its records."""
        apart = (name for name in self._of_tables if self._mine[name] == BOTH)
        return any(self._holds(part, sample.split("-")) for name in apart for sample in name.split(".")[4:])

    @property
    def miss_tables(self) -> bool:
        """Whether two tables that are said to count both have not been found again: what is sure by rule is asked then."""
        head = f"{self._head}表."
        return any(
            said == BOTH and name.startswith(head) for name, said in self._mine.items() if name not in self._used
        )

    def unused(self) -> Iterator[Issue]:
        """A question for each decision that was about nothing that the ledger holds now."""
        for name in sorted(self._mine.keys() - self._used):
            yield Issue.of("decision_unused", "aliases.yml", name=name, said=self._mine[name])

    def _said(self, name: str, *, turned: bool = False) -> QuestionAnswer:
        name = self._head + name
        answer = self._mine.get(name, "")
        if answer not in answers_to(name) or (answer == BOTH and name in self._used):
            return QuestionAnswer(name)
        self._used |= {name} if answer else set()
        return QuestionAnswer(name, answer, turned)

    def _whole(self, part: CleanTable) -> str:
        """What names a table: all its records that are not void, in any order."""
        return self._digest("".join(sorted(self._prints(part)))).translate(LETTERS)

    def _prints(self, part: CleanTable) -> list[str]:
        """The fingerprints of a table's records that are not void, as they are read the first time."""
        if id(part) not in self._tables:
            places = [at for at, fate in enumerate(part.fates) if fate != "cancelled"]
            self._tables[id(part)] = [self._print(Record(part, at)) for at in places]
        return self._tables[id(part)]

    def _print(self, record: Record) -> str:
        """Ten letters of everything that a record says."""
        keyed = [(name, plain(record.value(name).key)) for name in record.part.values]
        return self._digest(repr([pair for pair in keyed if pair[1]])).translate(LETTERS)


def plain(key: object) -> str:
    """A value as records are compared, as text, the same for equal ones; empty where nothing is said."""
    if key is None or key == "" or key == ():
        return ""
    if isinstance(key, int | float | Decimal) and not isinstance(key, bool):
        return format(Decimal(str(key)).normalize(), "f")
    return key.isoformat() if isinstance(key, date) else repr(key)
