"""Whole tables that another one replaces, left out, and what is told or asked of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from fazhi.cleaning.decided import BOTH, OWN_TOO, Decisions
from fazhi.cleaning.probable_versions import weak_way
from fazhi.cleaning.records import CleanTable, Record
from fazhi.cleaning.replaced import Relation, Replaced, row_span
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue

_NAMED_ROWS = 8  # listed in one question
_KINDS: dict[Relation, str] = {
    "contained": "table_contained",
    "version": "table_version",
    "sums": "table_sums",
    "masked": "table_masked",
    "overlap": "table_version",
}


def supersede_tables(
    ledger: Ledger, parts: Sequence[CleanTable], compared: Sequence[Replaced], decisions: Decisions
) -> Iterator[tuple[Replaced, Issue]]:
    """Leave out the tables that another one replaces; what is certain is told in a sentence, the rest is asked.

    Records that are named are told apart one by one (`supersede_records`); of them only those are left out here that a
    newer version, certainly one, does not hold any more.
    """
    tables = _Tables(ledger, parts)
    for replaced in compared:
        answer = replaced.said.answer
        named = replaced.relation != "masked" and all(map(tables.is_named, (replaced.table, replaced.by)))
        gone = tables.own(replaced.table, replaced.by) if named else []
        if named and not replaced.is_certain and not gone and not answer:
            continue
        asked = not answer and (not replaced.is_certain or decisions.miss_tables)
        told = _Told(tables, replaced, named=named, asked=asked)
        issue = told.issue  # of the tables as they are before any record is left out
        if answer != BOTH and (answer or not named or (replaced.relation == "version" and replaced.is_certain)):
            keeping = answer == OWN_TOO or (not answer and replaced.relation == "overlap")
            tables.supersede(replaced.table, replaced.by, named=named, keeping=keeping)
        yield replaced, issue


class _Tables:
    """A ledger's tables by their number; what each holds is looked up once, for one may replace a thousand others."""

    def __init__(self, ledger: Ledger, parts: Sequence[CleanTable]) -> None:
        self.ledger, self.parts = ledger, parts
        self._names = cache(lambda table: parts[table].names(ledger.identity))
        self._held = cache(lambda table: [{*way} - {None} for way in self._names(table)])
        self._keys = cache(lambda table, columns: frozenset(parts[table].keys(columns)))
        self._alike = cache(lambda table: parts[table].filled(tuple(weak_way(ledger))))
        self.is_named = cache(self._is_named)

    def _is_named(self, table: int) -> bool:
        """Whether nine in ten of a table's records are named."""
        named = sum(any(key is not None for key in keys) for keys in zip(*self._names(table), strict=True))
        return named >= 0.9 * len(self.parts[table].fates) if self.ledger.identity else False

    def own(self, table: int, by: int) -> list[int]:
        """Places of a table's events that another does not have: as they are named, else by what makes it probable."""
        fates = self.parts[table].fates
        if self.is_named(table) and self.is_named(by):
            mine = zip(*self._names(table), strict=True)
            there = (any(key in held for key, held in zip(keys, self._held(by), strict=True)) for keys in mine)
            return [at for at, held in enumerate(there) if not held]
        left, alone = Counter(self._alike(by)), []
        for at, key in enumerate(self._alike(table)):
            left[key] -= 1
            if left[key] < 0 and fates[at] != "cancelled":
                alone.append(at)
        return alone

    def amended(self, table: int, by: int) -> int:
        """How many of the events that a table and another have say something else there."""
        said = Counter(self.parts[by].keys(self.shared(table, by)))
        alone = {*self.own(table, by)}
        different = 0
        for at, key in enumerate(self.parts[table].keys(self.shared(table, by))):
            said[key] -= 1
            different += said[key] < 0 and at not in alone
        return different

    def shared(self, table: int, by: int) -> tuple[str, ...]:
        """The columns that two tables both have."""
        columns = [self.parts[number].table.columns for number in (table, by)]
        return tuple(name for name in self.ledger.columns if all(name in there for there in columns))

    def supersede(self, table: int, by: int, *, named: bool, keeping: bool) -> None:
        """Leave out a table's records, but those it alone has where they are to be kept; those that are named and that the other
        holds as they are, are duplicates of its own."""
        part, other, shared = self.parts[table], self.parts[by], self.shared(table, by)
        held = self._keys(by, shared) if named else frozenset()
        alone = {*self.own(table, by)} if keeping else set()
        for at, key in enumerate(part.keys(shared)):
            if part.fates[at] != "cancelled" and key not in held and at not in alone:
                Record(part, at).settle("superseded", f"以 {other.place} 为准")


class _Told:
    """What is told of a table and the one that replaces it, or asked."""

    def __init__(self, tables: _Tables, replaced: Replaced, *, named: bool, asked: bool) -> None:
        self.tables, self.replaced, self.named, self.asked = tables, replaced, named, asked
        self.part, self.by = (tables.parts[number] for number in (replaced.table, replaced.by))

    @property
    def issue(self) -> Issue:
        differing, outcome = self._asked() if self.asked else ("", "以后者为准")
        said, found = self.replaced.said, None
        if self.replaced.relation == "overlap" and not self.asked:
            found = f"{''.join(row_span(self.part))}与 {self.by.place}{''.join(row_span(self.by))}前后相接，重合的行只计一次"
        return Issue.of(
            _KINDS[self.replaced.relation], self.part.file, self.part.sheet, severity="warning" if self.asked else "info", ledger=self.tables.ledger.id,
            rows="".join(row_span(self.part)), by=f"{self.by.place}{''.join(row_span(self.by))}", differing=differing, found=found,
            outcome=f"已认定：{said.answer}" if said.answer else outcome, question=said.question,
        )  # fmt: skip

    def _asked(self) -> tuple[str, str]:
        """How the two differ, and what each answer would leave out."""
        if self.replaced.relation in ("sums", "masked"):
            return "", "以后者为准，这一份没有计入"
        table, by = self.replaced.table, self.replaced.by
        gone, come = self.tables.own(table, by), self.tables.own(by, table)
        amended = self.tables.amended(table, by)
        said = [f"后者改过的 {amended} 行"] if amended else []
        said += [f"只有这一份有的 {len(gone)} 行（{_rows(self.part, gone)}）"] if gone else []
        said += [f"只有后者有的 {len(come)} 行（{_rows(self.by, come)}）"] if come else []
        now = "照常计入" if self.named and not self.replaced.is_certain else "没有计入"
        outcome = f"以后者为准，只有这一份有的 {len(gone)} 行{now}" if gone else "以后者为准"
        outcome += f"。答“新的代替旧的”，这 {len(gone)} 行不计；答“旧的独有的照计”，仍计" if gone else ""
        outcome += f"；答“只算这一份”，只有后者有的 {len(come)} 行不计" if come else ""
        return "：" + "，".join(said) if said else "", outcome


def _rows(part: CleanTable, places: Sequence[int]) -> str:
    """The rows of some records, the first of many."""
    numbers = [str(part.entries.numbers[at]) for at in places[:_NAMED_ROWS]]
    return f"第 {'、'.join(numbers)}{' 等' if len(places) > _NAMED_ROWS else ''} 行"
