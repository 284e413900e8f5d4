"""What the towns' results hold, as small frames: one town's statistics and counted columns after the other."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi.cleaning.fate_labels import FATES
from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.own_files import read_own
from fazhi.dictionary.town_files import load_unit
from fazhi.documents import fonts
from fazhi.documents.printable import plain
from fazhi.errors import SpecError
from fazhi.workspace.paths import Workspace
from fazhi.workspace.results import ISSUES, YearResults, clean_name
from fazhi.workspace.year_statistics import IndicatorEntry, LedgerState

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FIGURES = ("value", "numerator", "denominator", "previous", "open_rows")
LAST = {"numerator": "last_numerator", "denominator": "last_denominator"}
STATES = ("status", "read", *FATES)


@dataclass(frozen=True)
class TownResult:
    """A town in the roll-up: its folder below the district's, a label no other town has, its threshold for small counts."""

    path: str
    label: str
    suppress_below: int


@dataclass(frozen=True)
class Results:
    """All towns' figures of a year. Frames have a row a town (`town`: its label) and indicator, ledger, month or question.

    `indicators`: value, numerator, denominator, previous, open_rows, and last year's last_numerator, last_denominator;
    `ledgers`: status and the fates; `months`: year, month, cases (disputes); `questions`: severity, kind, questions.
    `unread` are the labels of towns whose results cannot be read. `redefined`: town -> ids of the package's indicators that
    it counts by a definition, or from a ledger, of its own; they are in no frame, since they cannot be added to the others'.
    """

    district: str
    year: int
    towns: Sequence[TownResult]
    indicators: "pd.DataFrame"
    ledgers: "pd.DataFrame"
    months: "pd.DataFrame"
    questions: "pd.DataFrame"
    unread: Sequence[str] = ()
    redefined: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def suppress_below(self) -> int:
        return max((town.suppress_below for town in self.towns), default=3)

    @property
    def labels(self) -> list[str]:
        return [town.label for town in self.towns]


def read_results(root: Path, year: int, paths: Sequence[str]) -> Results:
    """The results of the towns at `paths` (below `root`) that have statistics of the year; those that cannot be read are named."""
    known = {path: Workspace(root / path) for path in sorted(paths)}
    units = {path: load_unit(place.unit_file) for path, place in known.items()}
    labels = town_labels({path: unit.name for path, unit in units.items()})
    files = _Files({labels[path]: place for path, place in known.items()}, year)
    indicators, ledgers = files.statistics()
    months = files.months()
    questions = files.questions()

    def read(frame: "pd.DataFrame") -> "pd.DataFrame":
        return frame[~frame["town"].isin(files.unread)]

    towns = [TownResult(path, labels[path], units[path].suppress_below) for path in known]
    return Results(
        drawable(root.name), year, [town for town in towns if town.label not in files.unread],
        read(indicators), read(ledgers), read(months), read(questions), sorted(files.unread),
        {town: names for town, names in sorted(files.redefined.items()) if town not in files.unread},
    )  # fmt: skip


def town_labels(names: dict[str, str]) -> dict[str, str]:
    """Path -> the town's name as it can be printed, with its folder where two towns have one name."""
    shown = {path: drawable(name) for path, name in names.items()}
    count = Counter(shown.values())
    labels = {path: name if count[name] == 1 else f"{name}（{drawable(path)}）" for path, name in shown.items()}
    again = Counter(labels.values())
    places = {path: place for place, path in enumerate(sorted(labels), 1)}
    return {path: label if again[label] == 1 else f"{label}{places[path]}" for path, label in labels.items()}


def drawable(text: str) -> str:
    """The text with □ for what no font here can draw: one town's odd name must not stop the district's page."""
    shown = plain(text)
    return "".join("□" if character in fonts.resolve({}).missing(shown) else character for character in shown)


class _Files:
    """The towns' files; those that cannot be read make their town `unread`."""

    def __init__(self, towns: dict[str, Workspace], year: int) -> None:
        self._towns, self._year = towns, year
        self.unread: set[str] = set()
        self.redefined: dict[str, Sequence[str]] = {}

    def statistics(self) -> "tuple[pd.DataFrame, pd.DataFrame]":
        """Indicators and ledgers of all towns, one statistics.json after the other."""
        import pandas as pd

        figures: list[tuple[Any, ...]] = []
        states: list[tuple[Any, ...]] = []
        for town, place in self._towns.items():
            try:
                now = YearResults(place.processed(self._year)).statistics()
                if now is None:
                    raise ValueError("no statistics")
                if own := _redefined(place):
                    self.redefined[town] = own
                figures += [(town, *row) for row in _figures(now.indicators, self._last(place)) if row[0] not in own]
                states += [(town, name, *_state(state)) for name, state in now.ledgers.items()]
            except (OSError, ValueError, KeyError, SpecError):
                self.unread.add(town)
        frame = pd.DataFrame(figures, columns=["town", "indicator", *FIGURES, *LAST.values()])
        numbers = dict.fromkeys((*FIGURES, *LAST.values()), float)
        return frame.astype(numbers), pd.DataFrame(states, columns=["town", "ledger", *STATES])

    def _last(self, place: Workspace) -> Mapping[str, IndicatorEntry]:
        """Last year's indicators, where last year's ledgers are still there."""
        has_raw = place.raw(self._year - 1).is_dir()
        statistics = YearResults(place.processed(self._year - 1)).statistics() if has_raw else None
        return statistics.indicators if statistics is not None else {}

    def months(self) -> "pd.DataFrame":
        """Disputes by month of acceptance, last year's and this year's: town, month, cases, year."""
        import pandas as pd

        years = (self._year - 1, self._year)
        counted = [self._counted(year, clean_name("disputes"), ("month",), "cases", _by_month) for year in years]
        return pd.concat(
            [frame.assign(year=year) for frame, year in zip(counted, years, strict=True)], ignore_index=True
        )

    def questions(self) -> "pd.DataFrame":
        """Issues that ask for something: town, severity, kind, questions."""
        return self._counted(self._year, ISSUES, ("severity", "kind"), "questions", _by_kind)

    def _counted(
        self, year: int, name: str, keys: Sequence[str], number: str, count: Callable[[Path], list[tuple[Any, ...]]]
    ) -> "pd.DataFrame":
        """The counts of the file `name` of every town that has it and the year's ledgers, in order of towns and keys."""
        import pandas as pd
        import pyarrow as pa

        rows: list[tuple[Any, ...]] = []
        for town, place in self._towns.items():
            path = place.processed(year) / name
            if path.is_file() and place.raw(year).is_dir():
                try:
                    rows += [(town, *row) for row in count(path)]
                except (OSError, KeyError, pa.ArrowException):
                    self.unread.add(town)
        return pd.DataFrame(sorted(rows), columns=["town", *keys, number])


def _redefined(place: Workspace) -> list[str]:
    """The package's indicators that the town's own dictionary defines otherwise, or counts from a ledger of its own."""
    own, ours = load_specs(read_own(place.dictionary_folder)), load_specs()
    return [
        name
        for name, indicator in ours.indicators.items()
        if own.indicators.get(name, indicator) != indicator
        or own.ledgers.get(indicator.ledger) != ours.ledgers[indicator.ledger]
    ]


def _by_month(path: Path) -> list[tuple[Any, ...]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    days = _columns(path, ("accepted_on",))["accepted_on"].drop_null()
    return _grouped(pa.table({"month": pc.month(days)}))


def _by_kind(path: Path) -> list[tuple[Any, ...]]:
    return [row for row in _grouped(_columns(path, ("severity", "kind"))) if row[0] != "info"]


def _grouped(table: "pa.Table") -> list[tuple[Any, ...]]:
    """Each distinct row of the table and how often it occurs."""
    counted = table.group_by(table.column_names, use_threads=False).aggregate([([], "count_all")])
    columns = (counted[name].to_pylist() for name in (*table.column_names, "count_all"))
    return list(zip(*columns, strict=True))


def _columns(path: Path, names: Sequence[str]) -> "pa.Table":
    """These columns of a Parquet file, in this order; KeyError where one is not there."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        return file.read(columns=list(names), use_threads=False).select(list(names))


def _figures(now: Mapping[str, IndicatorEntry], last: Mapping[str, IndicatorEntry]) -> Iterator[tuple[Any, ...]]:
    for name, entry in now.items():
        before = last.get(name)
        yield name, *(getattr(entry, key) for key in FIGURES), *(getattr(before, key, None) for key in LAST)


def _state(state: LedgerState) -> tuple[Any, ...]:
    return state.status, state.read, *(state.fates[fate] for fate in FATES)
