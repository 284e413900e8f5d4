"""`python -m benchmarks.check.finder [FOLDER]`: the finder of quantities against texts whose quantities are labelled.

`FOLDER/gold.tsv` names each: file, start, end, surface, number, measure, approx, counted, kind; without a folder, the marks in
`quantities.txt` do: 【】 a quantity, 〖〗 a norm or a plan.
"""

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from fazhi.quantities import find_quantities

from .sentences import lines


def main() -> None:
    ask = argparse.ArgumentParser(prog="benchmarks.check.finder", description=__doc__)
    ask.add_argument("folder", type=Path, nargs="?")
    folder = ask.parse_args().folder
    if folder is None:
        marked()
        return
    with (folder / "gold.tsv").open(encoding="utf-8", newline="") as lines:
        gold = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    counts: Counter[str] = Counter()
    for name in sorted({row["file"] for row in gold}):
        counts += _scored(
            (folder / name).read_text(encoding="utf-8"), name, [row for row in gold if row["file"] == name]
        )
    print(
        f"precision {counts['found'] / (counts['found'] + counts['extra']):.3f}, recall {counts['found'] / len(gold):.3f}"
    )
    print({name: counts[name] for name in ("measure", "approx", "kind")}, "of", counts["found"], "read differently")


def _scored(text: str, name: str, rows: list[dict[str, str]]) -> Counter[str]:
    """How many are found, missed and found in vain; each of the last two is printed."""
    got = {(one.start, one.end): one for one in find_quantities(text)}
    want = {(int(row["start"]), int(row["end"])): row for row in rows}
    for kind, places in (("missed", want.keys() - got.keys()), ("extra", got.keys() - want.keys())):
        for start, end in sorted(places):
            print(f"{name} {kind}: {text[start:end]} in {text[max(0, start - 12) : end + 8]!r}")
    counts = Counter({"found": len(got.keys() & want.keys()), "extra": len(got.keys() - want.keys())})
    for place in got.keys() & want.keys():
        counts.update(key for key in ("measure", "approx", "kind") if getattr(got[place], key) != want[place][key])
    return counts


def marked() -> None:
    """Print what is missed, found in vain or taken for the other kind in the marked sentences, and how many."""
    counts: Counter[str] = Counter()
    for line in lines("quantities.txt"):
        pieces = re.split("([【〖〗】])", line)
        text, want, at = "".join(one for one in pieces if one not in "【〖〗】"), {}, 0
        for mark, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
            if mark in ("【", "〖"):
                want[at, at + len(piece)] = "actual" if mark == "【" else "norm_or_plan"
            at += len(piece)
        got = {(one.start, one.end): one.kind for one in find_quantities(text)}
        for name, places in (("missed", want.keys() - got.keys()), ("extra", got.keys() - want.keys())):
            counts[name] += len(places)
            for start, end in sorted(places):
                print(f"{name}: {text[start:end]} in {text[max(0, start - 12) : end + 8]!r}")
        counts["found"] += len(want.keys() & got.keys())
        other = [place for place in want.keys() & got.keys() if want[place] != got[place]]
        counts["kind"] += len(other)
        for start, end in sorted(other):
            print(f"{got[start, end]}: {text[start:end]} in {text[max(0, start - 12) : end + 8]!r}")
    print(dict(counts))


if __name__ == "__main__":
    main()
