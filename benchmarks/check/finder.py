"""`python -m benchmarks.check.finder [FOLDER]`: the finder of quantities against texts whose quantities are labelled.

`FOLDER/gold.tsv` names each: file, start, end, surface, number, measure, approx, counted, kind; without a folder, the marks in
`quantities.txt` do: 【】 a quantity, 〖〗 a norm or a plan; behind strokes may stand its number, measure, approximation and what it counts.
"""

import argparse
import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

from fazhi.quantities import Quantity, find_quantities
from fazhi.quantities.unmeasured import unmeasured

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
    """Print what is missed, found in vain or read differently in the marked sentences, and how many."""
    counts: Counter[str] = Counter()
    for line in lines("quantities.txt"):
        text, want = _marks(line)
        got = {(one.start, one.end): one for one in [*find_quantities(text), *unmeasured(text)]}
        counts["found"] += len(want.keys() & got.keys())
        for name, places in (("missed", want.keys() - got.keys()), ("extra", got.keys() - want.keys())):
            for place in sorted(places):
                _told(counts, name, text, place)
        for place in sorted(want.keys() & got.keys()):
            one, fields = got[place], want[place]
            read = (one.kind, f"{one.value:f}", one.measure, one.approx)
            for name, was, is_ in zip(("kind", "number", "measure", "approx"), fields, read, strict=False):
                if was != is_ and not (name == "number" and _same(was, one)):
                    _told(counts, f"{name} {is_}", text, place)
    print(dict(counts))


def _marks(line: str) -> tuple[str, dict[tuple[int, int], list[str]]]:
    """A marked line without its marks, and for each mark its place and fields, the kind first."""
    pieces, text = re.split("([【〖〗】])", line), ""
    want: dict[tuple[int, int], list[str]] = {}
    for mark, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        surface, *fields = piece.split("|")
        if mark in ("【", "〖"):
            want[len(text), len(text) + len(surface)] = ["actual" if mark == "【" else "norm_or_plan", *fields]
        text += surface
    return text, want


def _same(written: str, quantity: Quantity) -> bool:
    low, _, high = written.partition("~")
    return Decimal(low) == quantity.value and (Decimal(high) if high else None) == quantity.high


def _told(counts: Counter[str], name: str, text: str, place: tuple[int, int]) -> None:
    counts[name.split()[0]] += 1
    print(f"{name}: {text[slice(*place)]} in {text[max(0, place[0] - 12) : place[1] + 8]!r}")


if __name__ == "__main__":
    main()
