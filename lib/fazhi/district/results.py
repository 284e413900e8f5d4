"""What the towns' results hold, as small frames: a town's statistics after the other, and duckdb over all parquet files."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi.cleaning.fate_labels import FATES
from fazhi.dictionary.loading import load_unit
from fazhi.documents import fonts
from fazhi.documents.printable import plain
from fazhi.workspace.files import read_json
from fazhi.workspace.paths import Workspace

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

FIGURES = ("value", "numerator", "denominator", "previous", "open_rows")
LAST = {"numerator": "last_numerator", "denominator": "last_denominator"}
STATES = ("status", "read", *FATES)


@dataclass(frozen=True)
class Query:
    """What duckdb is asked of one kind of parquet file: `keys` and one number, beside the file's name."""

    sql: str
    keys: tuple[str, ...]
    number: str


MONTHS = Query(
    """SELECT filename, month(accepted_on)::INTEGER AS month, count(*)::BIGINT AS cases
       FROM read_parquet($files, filename=true) WHERE accepted_on IS NOT NULL GROUP BY ALL""",
    ("month",),
    "cases",
)
QUESTIONS = Query(
    """SELECT filename, severity, kind, count(*)::BIGINT AS questions
       FROM read_parquet($files, filename=true) WHERE severity <> 'info' GROUP BY ALL""",
    ("severity", "kind"),
    "questions",
)


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
    `unread` are the labels of towns whose results cannot be read.
    """

    district: str
    year: int
    towns: Sequence[TownResult]
    indicators: "pd.DataFrame"
    ledgers: "pd.DataFrame"
    months: "pd.DataFrame"
    questions: "pd.DataFrame"
    unread: Sequence[str] = ()

    @property
    def suppress_below(self) -> int:
        return max((town.suppress_below for town in self.towns), default=3)

    @property
    def labels(self) -> list[str]:
        return [town.label for town in self.towns]


def read_results(root: Path, year: int, paths: Sequence[str]) -> Results:
    """The results of the towns at `paths` (below `root`) that have statistics of the year; those that cannot be read are named."""
    import duckdb

    known = {path: Workspace(root / path) for path in sorted(paths)}
    units = {path: load_unit(place.unit_file) for path, place in known.items()}
    labels = town_labels({path: unit.name for path, unit in units.items()})
    files = _Files({labels[path]: place for path, place in known.items()}, year)
    indicators, ledgers = files.statistics()
    with duckdb.connect(":memory:", config={"memory_limit": "1GB", "threads": 2, "temp_directory": ""}) as database:
        months = files.by_year(database, MONTHS, "clean/disputes.parquet")
        questions = files.over(database, QUESTIONS, year, "issues.parquet")

    def read(frame: "pd.DataFrame") -> "pd.DataFrame":
        return frame[~frame["town"].isin(files.unread)]

    towns = [TownResult(path, labels[path], units[path].suppress_below) for path in known]
    return Results(
        drawable(root.name), year, [town for town in towns if town.label not in files.unread],
        read(indicators), read(ledgers), read(months), read(questions), sorted(files.unread),
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

    def statistics(self) -> "tuple[pd.DataFrame, pd.DataFrame]":
        """Indicators and ledgers of all towns, one statistics.json after the other."""
        import pandas as pd

        figures: list[tuple[Any, ...]] = []
        states: list[tuple[Any, ...]] = []
        for town, place in self._towns.items():
            try:
                now = read_json(place.processed(self._year) / "statistics.json")
                last = self._last(place)
                figures += [(town, *row) for row in _figures(now["indicators"], last)]
                states += [(town, name, *(state[key] for key in STATES)) for name, state in now["ledgers"].items()]
            except (OSError, ValueError, KeyError, TypeError):
                self.unread.add(town)
        frame = pd.DataFrame(figures, columns=["town", "indicator", *FIGURES, *LAST.values()])
        numbers = dict.fromkeys((*FIGURES, *LAST.values()), float)
        return frame.astype(numbers), pd.DataFrame(states, columns=["town", "ledger", *STATES])

    def _last(self, place: Workspace) -> dict[str, Any]:
        """Last year's indicators, where last year's ledgers are still there."""
        path = place.processed(self._year - 1) / "statistics.json"
        found: dict[str, Any] = {}
        if path.exists() and place.raw(self._year - 1).is_dir():
            found = read_json(path)["indicators"]
        return found

    def over(self, database: "DuckDBPyConnection", query: Query, year: int, name: str) -> "pd.DataFrame":
        """The query over the file `name` of every town that has it and the year's ledgers, with the column `town`."""
        paths = {
            str(place.processed(year) / name): town
            for town, place in self._towns.items()
            if (place.processed(year) / name).is_file() and place.raw(year).is_dir()
        }
        frame = self._queried(database, query, paths)
        named = frame.assign(town=frame["filename"].map(paths).astype(str))[["town", *query.keys, query.number]]
        return named.sort_values(["town", *query.keys], ignore_index=True)

    def by_year(self, database: "DuckDBPyConnection", query: Query, name: str) -> "pd.DataFrame":
        """The query over last year's files and this year's, with the column `year`."""
        import pandas as pd

        years = (self._year - 1, self._year)
        return pd.concat(
            [self.over(database, query, year, name).assign(year=year) for year in years], ignore_index=True
        )

    def _queried(self, database: "DuckDBPyConnection", query: Query, paths: dict[str, str]) -> "pd.DataFrame":
        import duckdb
        import pandas as pd

        if not paths:
            words = {name: pd.Series(dtype=str) for name in ("filename", *query.keys)}
            return pd.DataFrame({**words, query.number: pd.Series(dtype=int)})
        try:
            return database.execute(query.sql, {"files": [_literal(path) for path in paths]}).df()
        except duckdb.Error:
            bad = [path for path in paths if not _readable(database, query, path)]
            if not bad:
                raise
        self.unread |= {paths[path] for path in bad}
        return self._queried(database, query, {path: town for path, town in paths.items() if path not in bad})


def _figures(now: dict[str, Any], last: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for name, told in now.items():
        before = last.get(name, {})
        yield name, *(told[key] for key in FIGURES), *(before.get(key) for key in LAST)


def _literal(path: str) -> str:
    """A path in which duckdb sees no pattern."""
    return re.sub(r"([*?\[])", r"[\1]", path)


def _readable(database: "DuckDBPyConnection", query: Query, path: str) -> bool:
    import duckdb

    try:
        database.execute(query.sql, {"files": [_literal(path)]}).fetchall()
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        return False
    return True
