"""What came back mended: the faults of a file's present version held against those of the version before.

What was known of each file is kept in `accounts/_received.json`, by its fingerprint; without it nothing is claimed. Rows may
have shifted, so a fault is known again by its place, else by what it says.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi.issues import NOT_FOR_OFFICES, Issue
from fazhi.workspace.files import read_as, write_json
from fazhi.workspace.results import YearResults

if TYPE_CHECKING:
    import pandas as pd

MEMORY = "accounts/_received.json"
MAXIMUM_FAULTS = 5_000  # of one file that are remembered one by one; where there are more, nothing is claimed
_KNOWN = {"print", "ledgers", "rows", "faults", "count", "news"}  # of each file

Fault = tuple[str, int | None, str, str, str]  # sheet, row, column, kind, found


@dataclass(frozen=True)
class Resubmission:
    """A file that has changed since it was last read: faults mended, left, and new; `changed` of those left read otherwise now.

    `unsure` have changed in place and in content: perhaps another fault. `fewer` rows may be faults taken out, not mended.
    """

    file: str
    mended: int
    left: int
    new: int = 0
    changed: int = 0
    unsure: int = 0
    fewer: int = 0
    before: str = ""

    @property
    def sentence(self) -> str:
        """As the analyst is told."""
        was = f"（原为 {self.before}）" if self.before else ""
        more = [
            f"其中 {self.changed} 处改过，仍不对" if self.changed else "",
            f"其中 {self.unsure} 处位置和内容都变了，不一定是原来那处" if self.unsure else "",
            f"新出现 {self.new} 处" if self.new else "",
            f"行数少了 {self.fewer} 行，有的可能是删去而不是更正" if self.fewer and self.mended else "",
        ]
        return "；".join([f"{self.file}{was}：已更正 {self.mended} 处，尚有 {self.left} 处", *filter(None, more)])


def compare_with_previous(folder: Path, issues: Iterable[Issue], fates: "pd.DataFrame") -> list[Resubmission]:
    """Compare the files with those of the run before, and remember what is there now.

    Parameters
    ----------
    folder
        The year's results.
    issues
        All issues of the year.
    fates
        A row a raw row, with the columns of rows.parquet.

    Returns
    -------
    list of Resubmission
        The files that have changed, by the order of sources.json.
    """
    memory = _read(folder)
    sources = YearResults(folder).sources()
    held = {file: sorted(name for name, files in sources.ledgers.items() if file in files) for file in sources.inputs}
    faults, rows = _faults(issues), fates[fates["fate"] != "not_data"].groupby("file").size()
    now: dict[str, dict[str, Any]] = {}
    for file, print_ in sources.inputs.items():
        mine = faults.get(file, [])
        now[file] = {
            "print": print_,
            "ledgers": held[file],
            "rows": int(rows.get(file, 0)),
            "faults": mine[:MAXIMUM_FAULTS],
            "count": len(mine),
            "news": None,
        }
    for file, state in now.items():
        before = file if file in memory else _predecessor(file, state, memory, now)
        old = memory.get(before)
        if old is not None and old["print"] == state["print"] and before == file:
            state["news"] = old["news"]
        elif old is not None and 0 < max(old["count"], state["count"]) <= MAXIMUM_FAULTS:
            found = compare(file, [tuple(f) for f in old["faults"]], state["faults"])
            fewer = max(0, old["rows"] - state["rows"])
            state["news"] = asdict(replace(found, fewer=fewer, before="" if before == file else before))
    write_json(folder / MEMORY, now)
    return resubmissions(folder)


def resubmissions(folder: Path) -> list[Resubmission]:
    """Return the files that had changed as of the last run; what is left is counted as it is now."""
    memory = _read(folder)
    return [replace(Resubmission(**state["news"]), left=state["count"]) for state in memory.values() if state["news"]]


def compare(file: str, old: Sequence[Fault], new: Sequence[Fault]) -> Resubmission:
    """Faults known again by all they say, then wherever they stand now, then by their place, then by their kind only."""
    _, old, new = _paired(old, new, lambda fault: fault)
    _, old, new = _paired(old, new, lambda fault: (fault[0], *fault[2:]))
    changed, old, new = _paired(old, new, lambda fault: fault[:3])
    unsure, old, new = _paired(old, new, lambda fault: (fault[0], fault[2], fault[3]))
    return Resubmission(file, mended=len(old), left=0, new=len(new), changed=changed, unsure=unsure)


def _paired(
    old: Sequence[Fault], new: Sequence[Fault], key: Callable[[Fault], object]
) -> tuple[int, list[Fault], list[Fault]]:
    """How many faults of both sides have the same key, one for one, and the others of each side."""
    both = Counter(map(key, old)) & Counter(map(key, new))
    return both.total(), _without(old, both.copy(), key), _without(new, both, key)


def _without(faults: Iterable[Fault], taken: Counter[object], key: Callable[[Fault], object]) -> list[Fault]:
    rest = []
    for fault in faults:
        if taken[key(fault)] > 0:
            taken[key(fault)] -= 1
        else:
            rest.append(fault)
    return rest


def _faults(issues: Iterable[Issue]) -> dict[str, list[Fault]]:
    """By file, what its office has to mend or to look at."""
    found: dict[str, list[Fault]] = {}
    for issue in issues:
        if issue.severity != "info" and issue.kind not in NOT_FOR_OFFICES:
            fault = issue.sheet, issue.row, issue.column, issue.kind, issue.found
            found.setdefault(issue.file, []).append(fault)
    return found


def _predecessor(file: str, state: Mapping[str, Any], memory: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """The file that this one seems to have replaced: the only one gone of the same office and ledgers; '' where in doubt."""

    def alike(name: str, other: Mapping[str, Any]) -> bool:
        return name.split("/")[0] == file.split("/")[0] and other["ledgers"] == state["ledgers"] != []

    gone = [name for name, old in memory.items() if name not in now and alike(name, old)]
    come = [name for name, new in now.items() if name not in memory and alike(name, new)]
    return gone[0] if len(gone) == len(come) == 1 else ""


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        return read_as(folder / MEMORY, _memory)
    except (FileNotFoundError, ValueError):
        return {}


def _memory(noted: Any) -> dict[str, dict[str, Any]]:
    return dict(noted) if all(state.keys() >= _KNOWN for state in noted.values()) else {}
