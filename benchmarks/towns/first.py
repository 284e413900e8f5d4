"""Hold a run without aliases.yml against a made-up town: the certain resolved, the rest left open, nothing wrong.

`python -m benchmarks.towns.first OUT_DIR 2025` prints each kind of cell with what became of it, and the wrong ones.
"""

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

Place = tuple[str, str, int]


def plain(value: Any) -> str:
    """One spelling for a value, as in the truth."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return ""
    text = value.isoformat()[:10] if hasattr(value, "isoformat") else str(value).strip()
    try:
        number = float(text)
    except ValueError:
        return text
    return text if len(text) > 15 or number != number else f"{number:.4f}".rstrip("0").rstrip(".")


def clean_rows(folder: Path, ledger: str) -> dict[Place, dict]:
    """The ledger's clean rows by where they stand."""
    path = folder / f"{ledger}.parquet"
    records = pd.read_parquet(path).to_dict("records") if path.exists() else []
    return {(r["source_file"], r["source_sheet"] or "", int(r["source_row"])): r for r in records}


def verdict(first: str, means: str, row: dict | None, column: str, whole_row_open: bool) -> str:
    """right, open, wrong, or bold: right, but no rule made it certain."""
    if row is None:
        return "open" if whole_row_open else "row lost"
    got = plain(row.get(column))
    if got == plain(means):
        return "bold" if first == "ask" and means else "right"
    return "open" if got in ("", "0") and first != "resolve" else "wrong"


def judge(out: Path, year: str) -> tuple[Counter, list[tuple]]:
    """How many cells of each kind met which verdict; and the cells that are wrong or lost."""
    with (out / "first" / f"{year}.csv").open(encoding="utf-8") as f:
        cells = [
            (c["file"], c["sheet"], int(c["row"]), c["ledger"], c["column"], c["means"], c["first"])
            for c in csv.DictReader(f)
        ]
    clean = {
        ledger: clean_rows(out / "data" / "processed" / year / "clean", ledger) for ledger in {c[3] for c in cells}
    }
    unsure = {
        c[3] for c in cells if c[6] == "column"
    }  # ledgers of which a title is open: their rows may wait or look equal
    tally: Counter = Counter()
    bad = []
    for file, sheet, at, ledger, column, means, first in cells:
        row = clean[ledger].get((file, sheet, int(at)))
        told = verdict(first, means, row, column, ledger in unsure)
        tally[first, told] += 1
        if told in ("wrong", "row lost"):
            bad.append((file, sheet, at, ledger, column, means, first, plain(row.get(column)) if row else None))
    return tally, bad


def main() -> int:
    """Print the tally; exit 1 where a cell is wrong or a row lost."""
    tally, bad = judge(Path(sys.argv[1]), sys.argv[2])
    for (first, told), count in sorted(tally.items()):
        print(f"{first:8} {told:9} {count}")
    for case in bad[:20]:
        print(*case)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
