"""Which rows may still change a figure: those sent back, and those that a question (须处理 or 请核实) bears on; and which figures
each question may change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from fazhi.dictionary.models import Indicator, Ledger
from fazhi.issues import Issue
from fazhi.values.titles import title_match

Place = tuple[str, str, int | None]
PLAN = "下一年计划指标"  # what questions about the ledger of targets may change
# Questions that say which column: they bear on the figures that look at it. All others bear on the whole row or sheet.
OF_ONE_COLUMN = frozenset(
    {"amount_implausible", "blanks_unclear", "column_blank", "drift_share", "value_unknown", "value_unreadable"}
)
# A ledger or a column that is not there is seen in the tables themselves; what a decision no longer answers, and whether a
# ledger that was received is one the town keeps, is asked by itself.
_SEEN_ELSEWHERE = frozenset(
    {"columns_missing", "decision_unused", "figure_unread", "ledger_missing", "ledger_received", "year_empty"}
)
_OF_THE_SHEET = frozenset({"file_finding", "sheet_several", "total_differs"})


@dataclass(frozen=True)
class OpenRows:
    """A year's questions beside its rows. `rows`: each sheet's rows that are or may be records, with their fates;
    `sheets`: the sheets (file, sheet) in which each ledger was read, each with the columns it has."""

    ledgers: Mapping[str, Ledger]
    sheets: Mapping[str, Mapping[tuple[str, str], Collection[str]]]
    rows: Mapping[tuple[str, str], Mapping[int, str]]
    issues: Sequence[Issue]

    def of(self, ledger: str, looks_at: Collection[str]) -> set[Place]:
        """The places of rows that may still change what looks at these columns of a ledger; a question about no row in
        particular is a place."""
        asked = (self._places(i) for i in self._asked.get(ledger, ()) if self._bears_on(i, ledger, looks_at))
        return set(self._sent_back.get(ledger, ())).union(*asked)

    def changes(self, issue: Issue, specs: Iterable[Indicator]) -> list[str]:
        """The labels of the figures that an issue may change; none for what only informs."""
        if issue.severity not in ("error", "warning"):
            return []
        about = self._about(issue)
        plan = [PLAN] if "plan_targets" in about else []
        return plan + [
            spec.label for spec in specs if spec.ledger in about and self._bears_on(issue, spec.ledger, spec.looks_at)
        ]

    def bearing(self, issue: Issue) -> list[str]:
        """The ledgers whose figures an issue makes doubtful; none for what only informs."""
        if issue.severity not in ("error", "warning") or issue.kind in _SEEN_ELSEWHERE:
            return []
        return self._about(issue)

    def _about(self, issue: Issue) -> list[str]:
        """The ledgers that an issue is about."""
        if issue.kind == "year_empty":
            return list(self.ledgers)
        if issue.ledger or issue.kind == "figure_unread":
            return [issue.ledger] if issue.ledger else []
        for known in (self._in_sheet.get((issue.file, issue.sheet)), self._in_file.get(issue.file)):
            if known:
                return known
        return self._named(issue)

    @cached_property
    def _sent_back(self) -> dict[str, frozenset[Place]]:
        """The rows of each ledger that wait for a mended cell."""
        waiting = {
            place: [row for row, fate in rows.items() if fate == "quarantined"] for place, rows in self.rows.items()
        }
        return {
            ledger: frozenset((*place, row) for place in places for row in waiting.get(place, ()))
            for ledger, places in self.sheets.items()
        }

    @cached_property
    def _asked(self) -> dict[str, list[Issue]]:
        found: dict[str, list[Issue]] = {}
        for issue in self.issues:
            for name in self.bearing(issue):
                found.setdefault(name, []).append(issue)
        return found

    @cached_property
    def _in_sheet(self) -> dict[tuple[str, str], list[str]]:
        return _turned((place, name) for name, places in self.sheets.items() for place in places)

    @cached_property
    def _in_file(self) -> dict[str, list[str]]:
        return _turned((file, name) for name, places in self.sheets.items() for file, _ in places)

    def _named(self, issue: Issue) -> list[str]:
        """The ledgers that a file or sheet nobody could read may have held: those it names, else those of its office's folder,
        else any."""
        texts = [PurePosixPath(issue.file).stem, issue.sheet, issue.found]
        named = [
            name
            for name, ledger in self.ledgers.items()
            if any(title_match(text, ledger) >= 1 for text in texts if text)
        ]
        folder, _, rest = issue.file.partition("/")
        beside = {name for name, places in self.sheets.items() if any(rest and _in(folder, file) for file, _ in places)}
        offices = [name for name, ledger in self.ledgers.items() if name in beside or ledger.office == folder]
        return named or offices or list(self.ledgers)

    def _bears_on(self, issue: Issue, ledger: str, looks_at: Collection[str]) -> bool:
        if issue.kind == "columns_missing":
            return not set(looks_at) <= set(self.sheets[ledger].get((issue.file, issue.sheet), ()))
        if issue.kind not in OF_ONE_COLUMN:
            return True
        columns = self.ledgers[ledger].columns
        return issue.column in {columns[name].label for name in looks_at}

    def _places(self, issue: Issue) -> Iterable[Place]:
        place = issue.file, issue.sheet
        if issue.row is not None and issue.kind not in _OF_THE_SHEET:
            return [(*place, issue.row)]
        whole = [p for p in self.rows if p[0] == issue.file] if not issue.sheet else []
        rows = [
            (*at, row)
            for at in whole or [place]
            for row, fate in self.rows.get(at, {}).items()
            if fate != "quarantined"
        ]
        return rows or [(*place, None)]


def _in(folder: str, file: str) -> bool:
    return file.startswith(f"{folder}/")


def _turned(pairs: Iterable[tuple[Any, str]]) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for key, name in pairs:
        names = found.setdefault(key, [])
        if name not in names:
            names.append(name)
    return found
