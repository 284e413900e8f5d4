"""Rows that count in no year, as a case of last December that stands in this year's ledger alone: asked about once a ledger.

Rows of one or two days within three days of New Year are what a ledger cut out by dates has over: they are told and not asked about,
unless another of their dates lies in the year of the ledger.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from fazhi.cleaning.clean_table import SOURCE, plain_values
from fazhi.cleaning.decided import COUNT, IN_LAST_FOLDER, LEAVE, NO_YEAR
from fazhi.cleaning.probable_versions import weak_way
from fazhi.cleaning.two_years import fingerprints
from fazhi.dictionary.models import Ledger
from fazhi.issues import Issue
from fazhi.town_year import TownYear
from fazhi.workspace.key import load_key

_EDGE = 3  # days from New Year
_SEVERAL = 3  # days are no mere edge
_NAMED = 8  # rows listed
_ASKED = 40  # at most, in one question: its name holds each of them


def in_no_year(town: TownYear, tables: Mapping[str, pd.DataFrame]) -> list[Issue]:
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
            found += _Rows(town, ledger, NO_YEAR, here, then).issues()
            found += _Rows(town, ledger, IN_LAST_FOLDER, there, now).issues()
    return found


@dataclass(frozen=True)
class _Rows:
    """Rows left out of one of two years for their date, beside the clean table of the other, where they would count."""

    town: TownYear
    ledger: Ledger
    kind: str  # of the question
    rows: pd.DataFrame | None
    other: pd.DataFrame

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
        rows = self._of_year()
        if not len(rows) and not once:
            return
        rows = rows.assign(print=fingerprints(rows, load_key(self.town.workspace.key_file))).drop_duplicates("print")
        said = {one: answer for name, answer in once.items() for one in name.removeprefix(self._head).split("-")}
        answers = [said.get(one, "") for one in rows["print"]]
        there = self._are_there(rows)
        lost = rows[[not answer and not held for answer, held in zip(answers, there, strict=True)]]
        days = {*_days(lost, self.ledger.date_column or "")}
        asked = lost if len(days) >= _SEVERAL else lost[self._are_certain(lost)]
        for start in range(0, len(asked), _ASKED):
            yield self._question(asked.iloc[start : start + _ASKED])
        if len(edge := lost.drop(asked.index)):
            yield self._note(edge)
        twice = rows[[answer == COUNT and held for answer, held in zip(answers, there, strict=True)]]
        if len(twice):
            yield self._twice(twice)
        for name in sorted(once):
            if not {*name.removeprefix(self._head).split("-")} & {*rows["print"]}:
                yield Issue.of("decision_unused", "aliases.yml", name=name, said=once[name])

    def _of_year(self) -> pd.DataFrame:
        if self.rows is None or not len(self.rows):
            return self.other.iloc[:0]
        days = _days(self.rows, self.ledger.date_column or "")
        return self.rows[[day is not None and day.year == self._year for day in days]]

    def _are_there(self, rows: pd.DataFrame) -> list[bool]:
        """Which rows the other table has: by what names them, or makes it probable, else by all that both say."""
        names = {*rows.columns} & {*self.other.columns} - {*SOURCE}
        ways = [*self.ledger.identity, *self.ledger.identity_over_years, *self.ledger.probable_identity]
        ways += [] if self.ledger.identity or self.ledger.probable_identity else [tuple(weak_way(self.ledger))]
        ways = [way for way in ways if {*way} <= names] + [tuple(name for name in self.ledger.columns if name in names)]
        held = [{key for key in _keys(self.other, way) if _is_full(key, way, ways)} for way in ways]
        made = zip(*(_keys(rows, way) for way in ways), strict=True)
        return [any(key in known for key, known in zip(keys, held, strict=True)) for keys in made]

    def _are_certain(self, rows: pd.DataFrame) -> list[bool]:
        """Which rows are no mere edge of a ledger cut out by dates."""
        names = [n for n, c in self.ledger.columns.items() if c.kind == "date" and n in rows.columns]
        every = zip(*(_days(rows, name) for name in names), strict=True)
        days = _days(rows, self.ledger.date_column or "")
        return [
            _from_new_year(day) > _EDGE or any(one is not None and one.year == self._beside for one in dates)
            for day, dates in zip(days, every, strict=True)
        ]

    @property
    def _beside(self) -> int:
        """The year of the ledger that the rows stand in."""
        return self.town.year - (self.kind == IN_LAST_FOLDER)

    def _question(self, rows: pd.DataFrame) -> Issue:
        """The one question about these rows; it stands at the first of them where they lie in this year's folder."""
        here = self.kind == NO_YEAR
        where = "，用 fazhi accept 答“计入”" if here else ""
        outcome = f"算在{self.town.year}年的{where if here else '，请抄进本年的台账'}"
        if here:
            outcome += f"；算在{self._year}年的，请抄进{self._year}年的台账并运行 fazhi run {self._year}"
        outcome += f"；哪一年都不算的，{'' if here else '用 fazhi accept '}答“{LEAVE}”"
        first = rows.iloc[0]
        return Issue.of(
            "counts_in_no_year", first["source_file"] if here else self.ledger.title, first["source_sheet"] if here else "",
            row=int(first["source_row"]) if here else None, ledger=self.ledger.id, outcome=outcome,
            rows=("" if here else f"{self._beside}年的 ") + _places(rows, here), when=self._when(rows),
            ledgers=f"{self._year}年的台账", question=self._head + "-".join(rows["print"]),
        )  # fmt: skip

    def _note(self, rows: pd.DataFrame) -> Issue:
        """What is not asked, told all the same."""
        here = self.kind == NO_YEAR
        return Issue.of(
            "counts_in_no_year", rows.iloc[0]["source_file"] if here else self.ledger.title, severity="info",
            ledger=self.ledger.id, rows=("" if here else f"{self._beside}年的 ") + _places(rows, False), when=self._when(rows),
            ledgers=f"{self._year}年的台账", outcome=f"只是元旦前后{_EDGE}天以内的零星几行，没有提问",
        )  # fmt: skip

    def _twice(self, rows: pd.DataFrame) -> Issue:
        """What is decided to count here, while the other year counts it too."""
        first = rows.iloc[0]
        return Issue.of(
            "counts_in_no_year", first["source_file"], first["source_sheet"], row=int(first["source_row"]),
            ledger=self.ledger.id, found=f"{_places(rows, True)}已认定在本年计入，{self._year}年的台账里现在也有",
            outcome=f"两年各计一次。请改正或删去 once 中的“{self._head}…”",
        )  # fmt: skip

    def _when(self, rows: pd.DataFrame) -> str:
        """The months of the rows in words."""
        days = [day for day in _days(rows, self.ledger.date_column or "") if day is not None]
        return "、".join(dict.fromkeys(f"{day.year}年{day.month}月" for day in sorted(days)))


def _places(rows: pd.DataFrame, here: bool) -> str:
    """The rows in words, those of other sheets than the first one's with their names."""
    places = list(zip(rows["source_file"], rows["source_sheet"], rows["source_row"], strict=True))[:_NAMED]
    said = []
    for number, ((file, sheet), some) in enumerate(groupby(places, key=lambda place: place[:2])):
        name = "" if here and not number else f"{file}「{sheet}」" if sheet else file
        said.append(f"{name}第 {'、'.join(str(row) for _, _, row in some)} 行")
    return "，".join(said) + (f"等 {len(rows)} 行" if len(rows) > _NAMED else "")


def _keys(frame: pd.DataFrame, way: Sequence[str]) -> list[tuple[Any, ...]]:
    columns = [plain_values(frame[name]) for name in way]
    return list(zip(*columns, strict=True)) if columns else [()] * len(frame)


def _is_full(key: tuple[Hashable, ...], way: Sequence[str], ways: Collection[Sequence[str]]) -> bool:
    """Whether a row says enough to be known by: all of what names it, or anything where all columns are compared."""
    return any(key) if way == [*ways][-1] else all(key)


def _days(frame: pd.DataFrame, name: str) -> list[date | None]:
    return plain_values(frame[name]) if name in frame.columns else []


def _from_new_year(day: date | None) -> int:
    """How many days before or after it."""
    if day is None:
        return 0
    return min((day - date(day.year - 1, 12, 31)).days, (date(day.year + 1, 1, 1) - day).days)
