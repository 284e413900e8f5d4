"""Rows that count in no year, as a case of last December that stands in this year's ledger alone: asked about once a ledger.

Rows of one or two days within three days of New Year are what a ledger cut out by dates has over: they are told and not asked about,
unless another of their dates lies in the year of the ledger.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from fazhi.cleaning.clean_table import SOURCE
from fazhi.cleaning.decided import COUNT, IN_LAST_FOLDER, LEAVE, NO_YEAR
from fazhi.cleaning.probable_versions import weak_way
from fazhi.cleaning.two_years import fingerprints
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue
from fazhi.town_year import TownYear
from fazhi.workspace.clean_rows import CleanRows
from fazhi.workspace.key import load_key

_EDGE = 3  # days from New Year
_SEVERAL = 3  # days are no mere edge
_NAMED = 8  # rows listed
_ASKED = 40  # at most, in one question: its name holds each of them


def in_no_year(town: TownYear, tables: Mapping[str, CleanRows]) -> list[Issue]:
    """A question for each ledger of this year with rows of last December that last year's does not have, and for each of last
    year with rows of January that this year's does not have; `tables` are this year's by ledger."""
    if not town.workspace.raw(town.year - 1).is_dir():
        return []
    found: list[Issue] = []
    last = town.results_of(town.year - 1)
    for name, ledger in town.settings.specs.ledgers.items():
        then, now = last.clean(name), tables.get(name)
        if ledger.date_column and then is not None and now is not None:
            here, there = town.results.near(name), last.near(name)
            found += _Rows(town, ledger, NO_YEAR, here or then.empty(), then).issues()
            found += _Rows(town, ledger, IN_LAST_FOLDER, there or now.empty(), now).issues()
    return found


@dataclass(frozen=True)
class _Rows:
    """Rows left out of one of two years for their date, beside the clean table of the other, where they would count."""

    town: TownYear
    ledger: Ledger
    kind: str  # of the question
    rows: CleanRows
    other: CleanRows

    @property
    def _year(self) -> int:
        """The year in which the rows would count by their date."""
        return self.town.year - (self.kind == NO_YEAR)

    @property
    def _head(self) -> str:
        return f"{self.ledger.id}.{self.town.year}.{self.kind}."

    def issues(self) -> Iterator[Issue]:
        """The open question, and what is wrong with those decided."""
        once = {name: said for name, said in self.town.settings.aliases.once.items() if name.startswith(self._head)}
        places = self._of_year()
        if not places and not once:
            return
        every = fingerprints(self.rows, load_key(self.town.workspace.key_file))
        rows = {every[place]: place for place in reversed(places)}  # of equal ones the first
        prints = {place: print_ for print_, place in sorted(rows.items(), key=lambda pair: pair[1])}
        said = {one: answer for name, answer in once.items() for one in name.removeprefix(self._head).split("-")}
        held = self._are_there(prints)
        lost = [place for place in prints if not said.get(prints[place]) and place not in held]
        days = {*self._days(lost)}
        asked = lost if len(days) >= _SEVERAL else self._certain(lost)
        for start in range(0, len(asked), _ASKED):
            yield self._question({place: prints[place] for place in asked[start : start + _ASKED]})
        if edge := [place for place in lost if place not in {*asked}]:
            yield self._note(edge)
        if twice := [place for place in prints if said.get(prints[place]) == COUNT and place in held]:
            yield self._twice(twice)
        for name in sorted(once):
            if not {*name.removeprefix(self._head).split("-")} & {*rows}:
                yield Issue.of("decision_unused", "aliases.yml", name=name, said=once[name])

    def _of_year(self) -> list[int]:
        """The places of the rows that would count in the other year; so with all that follow."""
        days = self._days(range(len(self.rows)))
        return [place for place, day in enumerate(days) if day is not None and day.year == self._year]

    def _days(self, places: Iterable[int]) -> list[date | None]:
        days = self.rows[self.ledger.date_column or ""]
        return [days[place] for place in places]

    def _are_there(self, places: Iterable[int]) -> set[int]:
        """Which rows the other table has: by what names them, or makes it probable, else by all that both say."""
        names = {*self.rows.names} & {*self.other.names} - {*SOURCE}
        ways = [*self.ledger.identity, *self.ledger.identity_over_years, *self.ledger.probable_identity]
        ways += [] if self.ledger.identity or self.ledger.probable_identity else [tuple(weak_way(self.ledger))]
        ways = [way for way in ways if {*way} <= names] + [tuple(name for name in self.ledger.columns if name in names)]
        held = [{key for key in _keys(self.other, way) if _is_full(key, way, ways)} for way in ways]
        made = [_keys(self.rows, way) for way in ways]
        return {place for place in places if any(keys[place] in known for keys, known in zip(made, held, strict=True))}

    def _certain(self, places: Sequence[int]) -> list[int]:
        """Those of the rows that are no mere edge of a ledger cut out by dates."""
        dates = [self.rows[n] for n, c in self.ledger.columns.items() if c.kind == "date" and n in self.rows]
        return [
            place
            for place, day in zip(places, self._days(places), strict=True)
            if _from_new_year(day) > _EDGE
            or any(days[place] is not None and days[place].year == self._beside for days in dates)
        ]

    @property
    def _beside(self) -> int:
        """The year of the ledger that the rows stand in."""
        return self.town.year - (self.kind == IN_LAST_FOLDER)

    def _question(self, prints: Mapping[int, str]) -> Issue:
        """The one question about these rows; it stands at the first of them where they lie in this year's folder."""
        here, places = self.kind == NO_YEAR, [*prints]
        where = "，用 fazhi accept 答“计入”" if here else ""
        outcome = f"算在{self.town.year}年的{where if here else '，请抄进本年的台账'}"
        if here:
            outcome += f"；算在{self._year}年的，请抄进{self._year}年的台账并运行 fazhi run {self._year}"
        outcome += f"；哪一年都不算的，{'' if here else '用 fazhi accept '}答“{LEAVE}”"
        file, sheet, row = self._source(places[0])
        return Issue.of(
            "counts_in_no_year", file if here else self.ledger.title, sheet if here else "",
            row=row if here else None, ledger=self.ledger.id, outcome=outcome,
            rows=("" if here else f"{self._beside}年的 ") + self._told(places, here), when=self._when(places),
            ledgers=f"{self._year}年的台账", question=self._head + "-".join(prints.values()),
        )  # fmt: skip

    def _note(self, places: Sequence[int]) -> Issue:
        """What is not asked, told all the same."""
        here = self.kind == NO_YEAR
        file, _, _ = self._source(places[0])
        return Issue.of(
            "counts_in_no_year", file if here else self.ledger.title, severity="info", ledger=self.ledger.id,
            rows=("" if here else f"{self._beside}年的 ") + self._told(places, False), when=self._when(places),
            ledgers=f"{self._year}年的台账", outcome=f"只是元旦前后{_EDGE}天以内的零星几行，没有提问",
        )  # fmt: skip

    def _twice(self, places: Sequence[int]) -> Issue:
        """What is decided to count here, while the other year counts it too."""
        file, sheet, row = self._source(places[0])
        return Issue.of(
            "counts_in_no_year", file, sheet, row=row, ledger=self.ledger.id,
            found=f"{self._told(places, True)}已认定在本年计入，{self._year}年的台账里现在也有",
            outcome=f"两年各计一次。请改正或删去 once 中的“{self._head}…”",
        )  # fmt: skip

    def _when(self, places: Sequence[int]) -> str:
        """The months of the rows in words."""
        days = [day for day in self._days(places) if day is not None]
        return "、".join(dict.fromkeys(f"{day.year}年{day.month}月" for day in sorted(days)))

    def _source(self, place: int) -> tuple[str, str, int]:
        file, sheet, row = (self.rows[name][place] for name in SOURCE)
        return file, sheet, row

    def _told(self, places: Sequence[int], here: bool) -> str:
        """The rows in words, those of other sheets than the first one's with their names."""
        sources = [self._source(place) for place in places[:_NAMED]]
        said = []
        for number, ((file, sheet), some) in enumerate(groupby(sources, key=lambda source: source[:2])):
            name = "" if here and not number else f"{file}「{sheet}」" if sheet else file
            said.append(f"{name}第 {'、'.join(str(row) for _, _, row in some)} 行")
        return "，".join(said) + (f"等 {len(places)} 行" if len(places) > _NAMED else "")


def _keys(table: CleanRows, way: Sequence[str]) -> list[tuple[Any, ...]]:
    return list(zip(*(table[name] for name in way), strict=True)) if way else [()] * len(table)


def _is_full(key: tuple[Hashable, ...], way: Sequence[str], ways: Collection[Sequence[str]]) -> bool:
    """Whether a row says enough to be known by: all of what names it, or anything where all columns are compared."""
    return any(key) if way == [*ways][-1] else all(key)


def _from_new_year(day: date | None) -> int:
    """How many days before or after it."""
    if day is None:
        return 0
    return min((day - date(day.year - 1, 12, 31)).days, (date(day.year + 1, 1, 1) - day).days)
