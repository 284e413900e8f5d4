"""`python -m benchmarks.check.other_drafts [WORKSPACE]`: whole drafts as other places write them, half of their figures wrong.

The texts in `drafts/` have the slots of `sentences.txt`, and {indicator:差}, {indicator:差率} in tables (this year's less last
year's, as a number and in percent). Figures that no ledger answers for stand among them, and are right.
"""

import argparse
import random
import re
import tempfile
from collections import Counter
from pathlib import Path

from fazhi.checking.check import judged, year_figures
from fazhi.checking.draft import read_draft
from fazhi.checking.known_figures import Ledgers
from fazhi.town_year import open_year

from .planting import wrongly_typed
from .sentences import Sentence, filled

DRAFTS = Path(__file__).parent / "drafts"
ROUNDS = 3
Mark = tuple[int, int, bool]  # where a figure stands, and whether it is wrong


def main() -> None:
    ask = argparse.ArgumentParser(prog="benchmarks.check.other_drafts", description=__doc__)
    ask.add_argument("workspace", nargs="?", type=Path, default=Path())
    args = ask.parse_args()
    ledgers = year_figures(open_year(2025, args.workspace))
    for path in sorted(DRAFTS.iterdir()):
        print(f"{path.name:20}", dict(counted(ledgers, [path], show=True)))
    print("all", dict(counted(ledgers, sorted(DRAFTS.iterdir()))))


def counted(ledgers: Ledgers, paths: list[Path], *, show: bool = False) -> Counter[str]:
    """How many figures of the drafts are wrong, how many of these are found, how many others there are and are flagged."""
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            for seed in range(ROUNDS):
                text, marks = _planted(path, ledgers, random.Random(seed))
                written = Path(folder) / path.name
                written.write_text(text, encoding="utf-8")
                total += _judged(written, marks, ledgers, show)
    return total


def _planted(path: Path, ledgers: Ledgers, draw: random.Random) -> tuple[str, list[Mark]]:
    """The draft with this town's figures, every other one wrong, and where they stand."""
    text, marks = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, at = _sayable(line, ledgers), 0
        for slot in sentence.slots:
            shown = sentence.text[slot.start : slot.end]
            text += sentence.text[at : slot.start]
            errors = list(wrongly_typed(slot, shown, draw)) if draw.random() < 0.5 else []
            shown = draw.choice(errors) if errors else shown
            marks.append((len(text), len(text) + len(shown), bool(errors)))
            text, at = text + shown, slot.end
        text += sentence.text[at:] + "\n"
    return text, marks


def _sayable(line: str, ledgers: Ledgers) -> Sentence:
    """The line with its figures; clauses with a figure that the town has not are left out."""
    clauses = re.split(r"(?<=[，。；、|])", line)
    kept = "".join(clause for clause in clauses if filled(clause, ledgers) is not None)
    return filled(kept, ledgers) or Sentence("")


def _judged(path: Path, marks: list[Mark], ledgers: Ledgers, show: bool) -> Counter[str]:
    counts = Counter(wrong=sum(wrong for *_, wrong in marks))
    draft = read_draft(path)
    found = set()
    for one in judged(draft, path.name, 2025, ledgers).judgements:
        start, end = one.claim.quantity.start, one.claim.quantity.end
        mark = next((mark for mark in marks if start < mark[1] and end > mark[0]), (start, end, False))
        is_flagged = one.verdict in ("wrong", "doubtful")
        if mark[2] and is_flagged:
            found.add(mark)
        counts += Counter(other=not mark[2], flagged=is_flagged and not mark[2])
        if show and is_flagged != mark[2]:
            print(f"  {one.verdict:9}{draft.text[max(0, start - 25) : end + 8]!r}  {one.why}")
    return counts + Counter(found=len(found))


if __name__ == "__main__":
    main()
