"""Which rows of a ledger notebook 04 looks at: years, and at will one village, type or source; of one town or a district."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from fazhi.dictionary.models import Ledger
from fazhi.dictionary.trend_roles import TrendRoles
from fazhi.dictionary.yaml_reading import nearest
from fazhi.disclosure.listed import listed
from fazhi.disclosure.offers import SHOWN
from fazhi.disclosure.published_series import ALL, Published, publish, trends_id
from fazhi.disclosure.published_tables import CLOSED, MONEY, SUM
from fazhi.disclosure.statements import Statement, from_json
from fazhi.errors import LedgerError, SpecError
from fazhi.town_year import TownYear, open_year
from fazhi.trends import records as series
from fazhi.trends.records import Records, roles_of
from fazhi.workspace.paths import Workspace

_RANGE = re.compile(r"(\d{4})年?(?:\s*[-—~–至]+\s*(\d{4})年?)?")
LEDGER = "disputes"  # the ledger whose trends are looked at unless another is named


def group_labels(ledger: Ledger) -> dict[str, str]:
    """Name the columns that a ledger's rows can be counted by, in order: town, village, and those it has by its own titles."""
    own = {name: ledger.columns[column].label for name, column in roles_of(ledger).groups.items()}
    return {"town": "乡镇", **own, **({"village": "村（居）"} if "village" in own else {})}


@dataclass(frozen=True)
class View:
    """The records looked at, of which towns, and the column that says where: village, or town in a district."""

    records: Records
    towns: tuple[TownYear, ...]
    year: int
    withheld: frozenset[str] = frozenset()  # dimensions, and parts of what is told of closing, that no paper tells
    published_elsewhere: tuple[Statement, ...] = ()  # what the papers of the town, or of all the towns, say
    is_decided: bool = True  # whether it is decided what they say
    listed: frozenset[str] | None = None  # the list of what they say by name; of several towns there is none

    @property
    def ledger(self) -> Ledger:
        """The ledger that is looked at."""
        return self.records.ledger

    @property
    def roles(self) -> TrendRoles:
        """The parts that its columns play."""
        return self.records.roles

    @property
    def labels(self) -> dict[str, str]:
        """Title by column to count by; only those that the ledger has."""
        return group_labels(self.ledger)

    @property
    def inner_labels(self) -> dict[str, str]:
        """Those and the office that sent the rows, where there are several: for the analyst only."""
        several = self.records.rows["office"].nunique() > 1
        return {**self.labels, **({"office": "报送科室"} if several else {})}

    @property
    def place(self) -> str:
        """The column that says where, whether the ledger has it or not."""
        return "town" if len(self.towns) > 1 else "village"

    @property
    def threshold(self) -> int:
        """The greatest threshold of the towns."""
        return max(town.settings.unit.suppress_below for town in self.towns)

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What was worked out of the view and is asked for again; a view that is narrowed begins anew."""
        return {}

    @cached_property
    def _published(self) -> Published:
        every = publish(self.records.rows, self.place, self.records.years, self.threshold, list(self.labels))
        return every.without(self.withheld)

    def published(self) -> Published:
        """The series of what is looked at that may be published."""
        return self._published

    @property
    def narrowed(self) -> list[str]:
        """What the records are narrowed to: a village, type or source, some of the years that are there."""
        there = {
            year
            for town in self.towns
            for year in town.workspace.years()
            if year <= self.year and town.results_of(year).clean_file(self.ledger.id).exists()
        }
        told = self.records
        names = [name for name in (told.village, told.category, told.source, told.outcome) if name]
        return names + ([span(self.records.years)] if there - set(self.records.years) else [])

    @property
    def where(self) -> str:
        names = [town.settings.unit.name for town in self.towns]
        return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}个乡镇"

    @property
    def empty(self) -> bool:
        return self.records.rows.empty


def open_view(
    year: int,
    workspace: str = "",
    towns: str = "",
    years: str = "",
    only: dict[str, str] | None = None,
    ledger: str = LEDGER,
) -> View:
    """What the notebook's parameters ask for; a town without that ledger is a view without rows.

    `only`: village, category, source, outcome -> value, empty for all; `ledger` an id or a title. Raises SpecError for a year or value that does not exist.
    """
    places = district(towns, year) if towns else [open_year(year, workspace)]
    wanted = {name: value for name, value in (only or {}).items() if value}
    spec = places[0].ledger(_named(places[0], ledger))
    _check(places[0], spec, wanted)
    there = sorted({known for town in places for known in town.workspace.years() if known <= year})
    chosen = chosen_years(str(years), there)  # typed into the notebook as a number it is the year as well
    found = _load(places, spec, chosen)
    return _beside_papers(View(found.only(**wanted), tuple(places), year))


def _beside_papers(view: View) -> View:
    """The view with what the towns' other papers say, of which the published trends are one."""
    if view.ledger.id != LEDGER:
        return view
    disclosures = [(town.settings.unit.name, town.results.disclosure()) for town in view.towns]
    said: list[Statement] = []
    withheld: set[str] = set()
    for town, papers in disclosures:
        name = town if len(disclosures) > 1 else ""
        for one in papers["statements"] if papers else ():
            statement = from_json(one)
            terms = tuple((weight, replace(rows, town=name)) for weight, rows in statement.terms)
            said.append(replace(statement, terms=terms))
        shown = papers["forms"] if papers else {}
        withheld |= {name for name in (ALL, *view.roles.groups, CLOSED, MONEY) if shown.get(trends_id(name)) != SHOWN}
        withheld |= {SUM} if shown.get(trends_id(MONEY)) not in (SHOWN, SUM) else set()
    return replace(
        view,
        withheld=frozenset(withheld),
        published_elsewhere=tuple(said),
        is_decided=all(papers for _, papers in disclosures),
        listed=listed(disclosures[0][1]["forms"]) if len(disclosures) == 1 and disclosures[0][1] else None,
    )


def _named(town: TownYear, ledger: str) -> str:
    """The id of a ledger that is named by its title."""
    return next((name for name, spec in town.settings.specs.ledgers.items() if spec.title == ledger.strip()), ledger)


def _load(towns: Sequence[TownYear], ledger: Ledger, years: Sequence[int]) -> Records:
    parts = []
    for town in towns:
        ready = [year for year in years if town.results_of(year).clean_file(ledger.id).exists()]
        if ready:
            parts.append(series.load(town, ledger, ready))
    if not parts:
        return series.of_frames({years[-1]: pd.DataFrame()}, towns[0].settings.unit.name, ledger)
    return parts[0] if len(towns) == 1 else series.join(parts)


def _check(town: TownYear, ledger: Ledger, wanted: dict[str, str]) -> None:
    known = {name: tuple(ledger.columns[column].values) for name, column in roles_of(ledger).groups.items()}
    known |= {"village": town.settings.unit.villages} if "village" in known else {}
    labels = group_labels(ledger)
    for name, value in wanted.items():
        if name not in known:
            raise SpecError(f"{ledger.title}不能按 {name} 选看。请把参数 {name} 留空。")
        if value not in known[name]:
            near = nearest(value, list(known[name]), 1)
            hint = f"最接近的是“{near[0]}”" if near else f"已有：{'、'.join(known[name])}"
            raise SpecError(f"没有{labels[name]}“{value}”，{hint}。")


def chosen_years(text: str, known: Sequence[int]) -> list[int]:
    """`2022-2025`, `2023,2025` or both mixed, as far as they are known; empty means all."""
    chosen: set[int] = set()
    for part in re.split(r"[,，、;；]", text) if text.strip() else ():
        match = _RANGE.fullmatch(part.strip())
        if not match:
            raise SpecError(f"参数 years 中的“{part}”不是年份。请写成 2025、2022-2025 或 2023,2025。")
        chosen |= set(range(int(match[1]), int(match[2] or match[1]) + 1))
    found = sorted(chosen & set(known)) if text.strip() else list(known)
    if not found:
        raise SpecError(f"参数 years“{text}”中没有已有的年份（已有：{'、'.join(map(str, known)) or '无'}）。")
    return found


def district(towns: str, year: int) -> list[TownYear]:
    """The towns of a district: every folder below `towns` that is a workspace, by name.

    Raises LedgerError where there is none.
    """
    folder = Path(towns).resolve()
    places = [Workspace(path) for path in sorted(folder.iterdir()) if path.is_dir()] if folder.is_dir() else []
    found = [open_year(place.years()[-1], place) for place in places if place.unit_file.is_file() and place.years()]
    if not found:
        raise LedgerError(
            f"参数 towns 所指的“{folder.name}”下没有工作区（含 data/raw/unit.yml 的文件夹）。请核对路径。"
        )
    return [replace(town, year=year) for town in found]


def span(years: Sequence[int]) -> str:
    """2022—2025年, 2025年, or 2022、2024年 where years are left out."""
    if len(years) > 1 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}—{years[-1]}年"
    return "、".join(map(str, years)) + "年"
