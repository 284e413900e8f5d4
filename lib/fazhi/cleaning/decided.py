"""What an analyst has decided of records and tables reported more than once: `once` in aliases.yml.

A decision knows its records by keyed fingerprints of their contents, so that it holds wherever they stand when a file is
sent again, and no name can be read from it. Two tables are known by some records of each, since they may have grown, and
by how many records would be lost or counted twice: where there are more now, it is asked again.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from itertools import compress, permutations

from fazhi.cleaning.records import CleanTable, Record
from fazhi.cleaning.shared_records import in_common
from fazhi.issues import Issue
from fazhi.workspace.key import digester

NEWER, BOTH, THIS = "新的代替旧的", "两件都算", "只算这一份"
OWN_TOO = "旧的独有的照计"
COUNT, LEAVE = "计入", "不计入"
ONCE = "相同的只算一次"
EACH = "逐件认定"
SEVERAL = "组"
TWO_YEARS, EARLIER, LATER = "年", "只算上年的", "只算本年的"
NO_YEAR, IN_LAST_FOLDER = "跨年", "漏年"
ANSWERS = {
    "件": (NEWER, BOTH, THIS),
    SEVERAL: (NEWER, BOTH, THIS, EACH),
    "表": (NEWER, OWN_TOO, BOTH, THIS),
    "页": (COUNT, LEAVE),
    "群": (BOTH, ONCE),
    TWO_YEARS: (EARLIER, LATER, BOTH),
    NO_YEAR: (COUNT, LEAVE),
    IN_LAST_FOLDER: (LEAVE,),
}  # by what a question is about: two records, several pairs of them, two tables, a sheet set aside, records that nothing tells apart,
# two years' rows, rows of last year in this year's ledger alone, rows of this year in last year's alone
_OF_YEARS = (TWO_YEARS, NO_YEAR, IN_LAST_FOLDER)  # asked where both years' tables are at hand

_SAMPLE, _SHORT = 5, 6  # records by which a table is known again, and letters of each
_PAIR = 8  # letters of a pair among several
_AT_MOST = 24  # records of one event that are looked at
_TABLES = re.compile(r"表\.\d+-\d+-\d+(\.[a-p-]+){2}")
LETTERS = str.maketrans("0123456789", "ghijklmnop")  # no digits, which might be taken for a number of somebody's


def answers_to(question: str) -> tuple[str, ...]:
    """The answers that a question's name allows; none where it is no such name."""
    return ANSWERS.get(question.split(".")[2], ()) if question.count(".") >= 3 else ()


@dataclass(frozen=True)
class QuestionAnswer:
    """The name of a question in aliases.yml and the answer, empty while it is open.

    `turned`: the analyst has seen the two the other way round, the newer as the older. `alone`: it is to be asked by itself.
    """

    question: str
    answer: str = ""
    turned: bool = False
    alone: bool = False

    @property
    def drops_older(self) -> bool:
        """Whether, of two of which one counts, it is the newer."""
        return (self.answer in (NEWER, OWN_TOO)) != self.turned


OPEN = QuestionAnswer("")

Key = tuple[Hashable, ...]
Told = tuple[list[tuple[int, Key]], Counter[Key]]  # what records say, each with its place; how often each is said


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
        self._of_several = {
            pair: name
            for name in sorted(self._mine, reverse=True)
            if name.startswith(f"{self._head}{SEVERAL}.")
            for pair in name.rpartition(".")[2].split("-")
        }
        self._used: set[str] = set()
        self._known: dict[int, set[str]] = {}
        self._tables: dict[tuple[int, tuple[str, ...]], Told] = {}

    def _is_mine(self, name: str) -> bool:
        return name.startswith(self._head) and name.removeprefix(self._head).partition(".")[0] not in _OF_YEARS

    @property
    def _head(self) -> str:
        return f"{self.ledger}.{self.year}."

    def of_records(self, older: Record, newer: Record) -> QuestionAnswer:
        """What is decided of two records. That both count is said of two, not of a third like them."""
        prints = [self._print(one) for one in (older, newer)]
        several = OPEN
        for turned, (first, second) in enumerate((prints, prints[::-1])):
            said = self._said(f"件.{first}.{second}", turned=bool(turned))
            if said.answer:
                return said
            several = several if several.answer else self._among_several(first, second, turned=bool(turned))
        if several.answer not in ("", EACH):
            return several
        return QuestionAnswer(f"{self._head}件.{prints[0]}.{prints[1]}", alone=several.answer == EACH)

    def _among_several(self, first: str, second: str, *, turned: bool) -> QuestionAnswer:
        """What is decided of two records among others of the same two tables."""
        pair = self._pair(first, second)
        name = self._of_several.get(pair, "")
        answer = self._mine.get(name, "")
        if answer not in ANSWERS[SEVERAL] or (answer == BOTH and pair in self._used):
            return OPEN
        self._used |= {name, pair}
        return QuestionAnswer(name, answer, turned)

    def _pair(self, first: str, second: str) -> str:
        return self._digest(f"{first}.{second}").translate(LETTERS)[:_PAIR]

    def question_of_several(self, questions: Iterable[str]) -> str:
        """The name of the question that asks several questions about two records each at once."""
        pairs = (self._pair(*name.split(".")[3:5]) for name in questions)
        return f"{self._head}{SEVERAL}.{'-'.join(pairs)}"

    def of_tables(self, older: CleanTable, newer: CleanTable) -> QuestionAnswer:
        """What is decided of two tables, which may have grown since; open where more is at stake than there was then."""
        for name in self._of_tables:
            for turned, pair in enumerate(((older, newer), (newer, older))):
                if self._is_about(name, *pair):
                    said = self._said(name.removeprefix(self._head), turned=bool(turned))
                    if said.answer:
                        return said
        counts, samples = self._compare(older, newer)
        return QuestionAnswer(f"{self._head}表.{'-'.join(map(str, counts))}.{'.'.join(map('-'.join, samples))}")

    def _is_about(self, name: str, one: CleanTable, other: CleanTable) -> bool:
        """Whether a decision is about these tables, and not more records would be lost or counted twice than it knew."""
        counts, *samples = (piece.split("-") for piece in name.split(".")[3:])
        if not (self._holds(one, samples[0]) and self._holds(other, samples[1])):
            return False
        sizes, told = self._compare(one, other)
        if self._mine[name] == OWN_TOO:  # which loses nothing
            return True
        if self._mine[name] == BOTH:
            return sizes[1] <= int(counts[1])
        place = 0 if self._mine[name] == NEWER else 1
        lost, known = sizes[2 * place], int(counts[2 * place])
        return lost <= known and (lost > _SAMPLE or not lost or {*told[place]} <= {*samples[place]})

    def _compare(self, one: CleanTable, other: CleanTable) -> tuple[tuple[int, int, int], list[list[str]]]:
        """How many records only the first table has, both have, only the other has; and a sample of each table: the first of
        those that only it has, or of those that both have where there are none."""
        columns = tuple(sorted({*one.values, *other.values}))
        told = [self._told(part, columns) for part in (one, other)]
        first, second = (counts for _, counts in told)
        common = in_common(first, second)
        sizes = first.total() - common.total(), common.total(), second.total() - common.total()
        samples = [
            [self._print(Record(part, at))[:_SHORT] for at in _first(*records, common if alone else Counter())]
            for part, records, alone in zip((one, other), told, sizes[::2], strict=True)
        ]
        return sizes, samples

    def _told(self, part: CleanTable, columns: tuple[str, ...]) -> "Told":
        """What a table's records that are not void say in these columns."""
        if (id(part), columns) not in self._tables:
            keys = part.filled(columns)
            places = [(at, keys[at]) for at, fate in enumerate(part.fates) if fate != "cancelled"]
            self._tables[id(part), columns] = places, Counter(key for _, key in places)
        return self._tables[id(part), columns]

    def _holds(self, part: CleanTable, sample: Sequence[str]) -> bool:
        """Whether a table has most records of a sample."""
        if id(part) not in self._known:
            self._known[id(part)] = {print_[:_SHORT] for print_ in self._prints(part)}
        return 2 * sum(one in self._known[id(part)] for one in sample) > len(sample)

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

    def unused(self, parts: Sequence[CleanTable], ways: Sequence[Sequence[str]]) -> Iterator[Issue]:
        """A question for each decision that was about nothing that the ledger holds now.

        One about records that are there still is none where an answer about whole tables has left out one of them. `ways`: the
        columns by which two records may be asked about.
        """
        tables = any(name in self._used and self._mine[name] != BOTH for name in self._of_tables)
        of_records = (f"{self._head}件.", f"{self._head}{SEVERAL}.")
        there: frozenset[str] | None = None
        for name in sorted(self._mine.keys() - self._used):
            if tables and name.startswith(of_records):
                there = self._pairs_there(parts, ways) if there is None else there
                pairs = [self._pair(*name.split(".")[3:5])] if name.startswith(of_records[0]) else []
                if not there.isdisjoint(pairs or name.rpartition(".")[2].split("-")):
                    continue
            yield Issue.of("decision_unused", "aliases.yml", name=name, said=self._mine[name])

    def _pairs_there(self, parts: Sequence[CleanTable], ways: Sequence[Sequence[str]]) -> frozenset[str]:
        """Pairs of records that agree in what names them, or in all but one of the columns named, whatever became of them."""
        found: set[str] = set()
        for way in ways:
            groups: dict[Key, list[Record]] = {}
            for part in parts:
                for at, key in enumerate(part.filled(way)):
                    groups.setdefault(key, []).append(Record(part, at))
            for group in groups.values():
                prints = [self._print(record) for record in group[:_AT_MOST]] if len(group) > 1 else []
                found.update(self._pair(*pair) for pair in permutations(prints, 2))
        return frozenset(found)

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
        """The fingerprints of a table's records that are not void; each distinct value is written out once."""
        columns = [map(_writer(name), (value.key for value in values)) for name, values in part.values.items()]
        texts = (f"[{', '.join(filter(None, pairs))}]" for pairs in zip(*columns, strict=True))
        said = compress(texts, (fate != "cancelled" for fate in part.fates))
        return [self._digest(text).translate(LETTERS) for text in said]

    def _print(self, record: Record) -> str:
        """Ten letters of everything that a record says."""
        pairs = (_written(name, record.value(name).key) for name in record.part.values)
        return self._digest(f"[{', '.join(filter(None, pairs))}]").translate(LETTERS)


def _first(places: Iterable[tuple[int, Key]], counts: Counter[Key], common: Counter[Key]) -> list[int]:
    """Where the first few records stand, equal ones once, that a table has more often than both have."""
    alone: dict[Key, int] = {}
    for at, key in places:
        if counts[key] > common[key]:
            alone.setdefault(key, at)
            if len(alone) == _SAMPLE:
                break
    return list(alone.values())


def _writer(name: str) -> Callable[[object], str]:
    """What writes a column's values out as fingerprints are made of them, equal ones once."""
    return lru_cache(maxsize=None, typed=True)(partial(_written, name))


def _written(name: str, key: object) -> str:
    """A column's value in a fingerprint; empty where nothing is said."""
    return repr((name, text)) if (text := plain(key)) else ""


def plain(key: object) -> str:
    """A value as records are compared, as text, the same for equal ones; empty where nothing is said."""
    if key is None or key == "" or key == ():
        return ""
    if isinstance(key, int | float | Decimal) and not isinstance(key, bool):
        return format(Decimal(str(key)).normalize(), "f")
    return key.isoformat() if isinstance(key, date) else repr(key)
