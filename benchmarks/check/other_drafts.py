"""`python -m benchmarks.check.other_drafts [NAME…]`: whole drafts as other places write them, half of their figures wrong.

The texts in `drafts/` have the slots of `sentences.txt`, errors planted by hand (`by_hand`), and {indicator:差}, {indicator:差率} in
tables (this year's less last year's, as a number and in percent), {indicator:期2/4} (of the second of four parts of the year),
{indicator:比300} (in percent of 300). Figures that no ledger answers for stand among them, and are right. In tables `<` and `^` are
cells merged with the one on the left and the one above; a plain text leaves them empty, and in .txt sets lines of cells in columns
by blanks. `--made` takes made-up towns' figures instead of a workspace's, `--word` writes Word files with runs cut at random.
"""

import argparse
import random
import re
import tempfile
from collections import Counter
from pathlib import Path

from fazhi.checking.binding.known_figures import Ledgers
from fazhi.checking.check import judged, year_figures
from fazhi.checking.reading.draft import read_draft
from fazhi.town_year import open_year

from .aligned import aligned
from .by_hand import chosen, is_inside, placed
from .made_town import made_town
from .planting import wrongly_typed
from .sentences import Sentence, filled
from .word_drafts import from_lines

DRAFTS = Path(__file__).parent / "drafts"
ROUNDS = 3
Mark = tuple[int, int, str]  # where a figure stands, and by which rule it is wrong; "" where it is right


def main() -> None:
    ask = argparse.ArgumentParser(prog="benchmarks.check.other_drafts", description=__doc__)
    ask.add_argument("names", nargs="*", help="how the drafts' names begin; all where none is given")
    ask.add_argument("--workspace", type=Path, default=Path())
    ask.add_argument("--made", action="store_true")
    ask.add_argument("--word", action="store_true")
    args = ask.parse_args()
    towns = (
        [made_town(seed) for seed in range(ROUNDS)] if args.made else [year_figures(open_year(2025, args.workspace))]
    )
    chosen = [one for one in sorted(DRAFTS.iterdir()) if not args.names or one.name.startswith(tuple(args.names))]
    total: Counter[str] = Counter()
    for path in chosen:
        counts = counted(towns, [path], show=True, word=args.word)
        total += counts
        print(f"{path.name:20}", told(counts))
    print("all", told(total))
    rules = sorted(name[6:] for name in total if name.startswith("wrong "))
    print(", ".join(f"{rule} {total[f'found {rule}']}/{total[f'wrong {rule}']}" for rule in rules))


def told(counts: Counter[str]) -> str:
    """The counts as one reads them."""
    found, wrong, flagged, other = (counts[name] for name in ("found", "wrong", "flagged", "other"))
    return f"found {found}/{wrong} = {found / max(1, wrong):.1%}, flagged in vain {flagged}/{other}, held {counts['held']}/{counts['said']}"


def counted(towns: list[Ledgers], paths: list[Path], *, show: bool = False, word: bool = False) -> Counter[str]:
    """How many figures are wrong and found, how many others there are and are flagged, how many said of the town are held against it."""
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            for seed in range(ROUNDS):
                ledgers = towns[seed % len(towns)]
                text, marks = _planted(path, ledgers, random.Random(seed))
                if word:
                    content, marks = from_lines(text, marks, random.Random(seed))
                else:
                    text, marks = aligned(text, marks) if path.suffix == ".txt" else (_plain(text), marks)
                    content = text.encode()
                written = (Path(folder) / path.name).with_suffix(".docx" if word else path.suffix)
                written.write_bytes(content)
                total += _judged(written, marks, ledgers, show)
    return total


def _plain(text: str) -> str:
    """The text with nothing in the cells that are merged."""
    return re.sub(r"(?<=\|) [<^] (?=\|)", "   ", text)


def _planted(path: Path, ledgers: Ledgers, draw: random.Random) -> tuple[str, list[Mark]]:
    """The draft with this town's figures, every other one wrong, and where they stand."""
    text, marks = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, at = _sayable(chosen(line, draw), ledgers), 0
        for slot in sentence.slots:
            shown = sentence.text[slot.start : slot.end]
            text += sentence.text[at : slot.start]
            is_right = is_inside(text) or draw.random() >= 0.5
            errors = [] if is_right else list(wrongly_typed(slot, shown, draw))
            rule, shown = draw.choice(errors) if errors else ("", shown)
            after, rest = ("", 0)
            if not errors and not is_inside(text):
                after, rest = _other_unit(sentence.text[slot.end : slot.end + 2], slot.form, draw)
            marks.append((len(text), len(text) + len(shown) + len(after), rule or ("unit" if after else "")))
            text, at = text + shown + after, slot.end + rest
        text += sentence.text[at:] + "\n"
    return placed(text, marks)


def _other_unit(after: str, form: str, draw: random.Random) -> tuple[str, int]:
    """元 for 万元, or the other way round, in one of three sums of money; and how much of the text that takes the place of."""
    if form not in ("万", "元", "万上年") or draw.random() > 1 / 3:
        return "", 0
    return ("元", 2) if after == "万元" else ("万元", 1) if after[:1] == "元" else ("", 0)


def _sayable(line: str, ledgers: Ledgers) -> Sentence:
    """The line with its figures; clauses with a figure that the town has not are left out, cells left empty."""
    clauses = re.split(r"(?<=[|\t])", line) if "|" in line or "\t" in line else re.split(r"(?<=[，。；、])", line)
    kept = "".join(one if filled(one, ledgers) is not None else re.sub(r"[^|\t]", "", one) for one in clauses)
    return filled(kept, ledgers) or Sentence("")


def _judged(path: Path, marks: list[Mark], ledgers: Ledgers, show: bool) -> Counter[str]:
    counts = Counter(wrong=sum(bool(rule) for *_, rule in marks), said=len(marks))
    counts += Counter(f"wrong {rule}" for *_, rule in marks if rule)
    draft = read_draft(path)
    found, held = set(), set()
    answer = judged(draft, path.name, 2025, ledgers)
    for remark in answer.remarks:
        found |= {mark for mark in marks if mark[2] and remark.start < mark[1] and remark.end > mark[0]}
    for one in answer.judgements:
        start, end = one.claim.quantity.start, one.claim.quantity.end
        mark = next((mark for mark in marks if start < mark[1] and end > mark[0]), (start, end, ""))
        is_flagged = one.verdict in ("wrong", "doubtful")
        if mark[2] and is_flagged:
            found.add(mark)
        if one.verdict != "unknown" and mark in marks:
            held.add(mark)
        counts += Counter(other=not mark[2], flagged=is_flagged and not mark[2])
        if show and (is_flagged != bool(mark[2]) or (one.verdict == "unknown" and mark in marks)):
            print(f"  {one.verdict:9}{_shown(draft.text, start, end)}  {one.why}")
    if show:
        for start, end, _ in sorted({mark for mark in marks if mark[2]} - found - held):
            print(f"  missed   {_shown(draft.text, start, end)}")
    return counts + Counter(found=len(found), held=len(held)) + Counter(f"found {mark[2]}" for mark in found)


def _shown(text: str, start: int, end: int) -> str:
    """A figure with what stands around it."""
    return f"{text[max(0, start - 25) : start]!r}【{text[start:end]}】{text[end : end + 12]!r}"


if __name__ == "__main__":
    main()
