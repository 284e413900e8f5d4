"""Rows of last year's ledgers that this year's hold again, as a case of December entered in January: asked about."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazhi.cleaning.clean_table import SOURCE
from fazhi.cleaning.decided import BOTH, EARLIER, LATER
from fazhi.cleaning.two_years import fingerprints, question
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue
from fazhi.town_year import TownYear
from fazhi.workspace.clean_rows import CleanRows
from fazhi.workspace.key import load_key

NEAR = 62  # days: from December into January
_YEAR = re.compile(r"20\d\d")


def in_two_years(town: TownYear, tables: Mapping[str, CleanRows]) -> list[Issue]:
    """A question for each row of last year that a row of this year seems to be again; `tables` are this year's by ledger."""
    if not town.workspace.raw(town.year - 1).is_dir():
        return []
    found: list[Issue] = []
    for name, ledger in town.settings.specs.ledgers.items():
        ways = list(_ways(ledger))
        last = town.results_of(town.year - 1).clean(name) if ways and name in tables else None
        if last is not None:
            found += _Years(town, ledger, last, tables[name]).issues(ways)
    return found


def _ways(ledger: Ledger) -> Iterator[tuple[str, ...]]:
    """The columns by which a row of another year may be known again: never by the date, which differs."""
    yield from ledger.identity_over_years
    for way in ledger.identity if ledger.event_date and ledger.date_column else ():
        if ledger.date_column not in way and all(ledger.columns[name].published for name in way):
            yield way


@dataclass(frozen=True)
class _Years:
    """A ledger's clean tables of two years."""

    town: TownYear
    ledger: Ledger
    last: CleanRows
    now: CleanRows

    def issues(self, ways: Sequence[tuple[str, ...]]) -> Iterator[Issue]:
        """The questions about pairs, each pair once; and those decided about a row that is not there any more."""
        pairs = dict.fromkeys(pair for way in ways for pair in self._pairs(way))
        once = self.town.settings.aliases.once
        head = question(self.ledger.id, self.town.year, "", "").removesuffix("..") + "."
        decided = {name: said for name, said in once.items() if name.startswith(head)}
        if not pairs and not decided:
            return
        key = load_key(self.town.workspace.key_file)
        earlier, later = fingerprints(self.last, key), fingerprints(self.now, key)
        used = set()
        for one, other in pairs:
            name = question(self.ledger.id, self.town.year, earlier[one], later[other])
            used.add(name)
            yield self._issue(one, other, name, decided.get(name, ""))
        for name in sorted(decided.keys() - used):
            yield from self._lost(name, decided[name], {*earlier}, {*later})

    def _pairs(self, way: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Places of rows that agree, of days close to each other or of the same day in the year, or named with a year."""
        if not {*way} <= {*self.last.names} & {*self.now.names}:
            return
        held: dict[Hashable, list[int]] = {}
        for place, key in enumerate(_keys(self.last, way)):
            held.setdefault(key, []).append(place)
        days = [_days(table, self.ledger.date_column) for table in (self.last, self.now)]
        for place, key in enumerate(_keys(self.now, way)):
            near = [one for one in held.get(key, ()) if key and _is_near(key, days[0][one], days[1][place])]
            if near:
                yield near[-1], place

    def _issue(self, one: int, other: int, name: str, said: str) -> Issue:
        file, sheet, row = (self.last[name][one] for name in SOURCE)
        here, of_sheet, number = (self.now[name][other] for name in SOURCE)
        where = f"{self.town.year - 1}年的 {file}{f'「{sheet}」' if sheet else ''}第 {row} 行"
        outcome = "两年各计一次。请核对，用 fazhi accept 认定"
        if said == BOTH:
            outcome = f"已认定：{said}"
        elif said == LATER:
            outcome = f"已认定：{said}。上年的请运行 fazhi run {self.town.year - 1} 减去"
        return Issue.of(
            "counted_in_two_years", here, of_sheet, row=number, ledger=self.ledger.id,
            severity="info" if said in (BOTH, LATER) else None, other=where, differing=self._dates_of(one, other),
            outcome=outcome, question=name,
        )  # fmt: skip

    def _dates_of(self, one: int, other: int) -> str:
        name = self.ledger.date_column
        if name is None or not {name} <= {*self.last.names} & {*self.now.names}:
            return ""
        return f"（{self.ledger.columns[name].label}{self.last[name][one]}，本行{self.now[name][other]}）"

    def _lost(self, name: str, said: str, earlier: set[str], later: set[str]) -> Iterator[Issue]:
        """A decision about two rows that are not both there: gone, or changed. Where the one that is to count is gone, the event
        counts in neither year."""
        pair = name.split(".")[3:]
        counts_in = {EARLIER: ("上年", earlier, 0), LATER: ("本年", later, 1)}
        if said in counts_in and len(pair) == 2:
            year, there, place = counts_in[said]
            if pair[place] not in there:
                yield Issue.of(
                    "counted_in_two_years", self.ledger.title, ledger=self.ledger.id,
                    found=f"已认定一件{said}，{year}的台账却没有这一行了",
                    outcome=f"两年都没有计入。请核对，改正或删去 once 中的“{name}”",
                )  # fmt: skip
        elif said == BOTH:
            yield Issue.of("decision_unused", "aliases.yml", name=name, said=said)


def _keys(table: CleanRows, way: Sequence[str]) -> list[tuple[Any, ...]]:
    """What each row says in these columns; empty where something is missing."""
    return [row if all(row) else () for row in zip(*(table[name] for name in way), strict=True)]


def _days(table: CleanRows, name: str | None) -> list[date | None]:
    return table[name] if name is not None and name in table else [None] * len(table)


def _is_near(key: tuple[Any, ...], then: date | None, now: date | None) -> bool:
    if any(isinstance(value, str) and _YEAR.search(value) for value in key):
        return True
    if then is None or now is None:
        return False
    return (now - then).days <= NEAR or (then.month, then.day) == (now.month, now.day)
