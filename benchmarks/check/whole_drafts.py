"""`python -m benchmarks.check.whole_drafts [WORKSPACE]`: whole drafts, as plain text and as Word with runs cut at random.

Sentences stand in any order in paragraphs under headings, those that no ledger answers for among them; one in five has an error.
"""

import argparse
import random
import tempfile
from collections import Counter
from pathlib import Path

from fazhi.checking.answering.answer import Answer
from fazhi.checking.binding.known_figures import Ledgers
from fazhi.checking.check import judged, year_figures
from fazhi.checking.reading.draft import read_draft
from fazhi.town_year import open_year

from .planting import planted
from .sentences import lines, sentences
from .word_drafts import split_at_random

HEADS = (
    "一、主要举措和成效",
    "（一）依法行政",
    "（二）矛盾纠纷化解",
    "（三）法治宣传",
    "（四）应急处置",
    "二、履行职责情况",
)


def main() -> None:
    ask = argparse.ArgumentParser(prog="benchmarks.check.whole_drafts", description=__doc__)
    ask.add_argument("workspace", nargs="?", type=Path, default=Path())
    ask.add_argument("--drafts", type=int, default=6)
    args = ask.parse_args()
    ledgers = year_figures(open_year(2025, args.workspace))
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(args.drafts):
            total += _measured(ledgers, random.Random(seed), Path(folder))
    print(f"found {total['found']}/{total['planted']}, flagged in vain {total['vain']}/{total['right']}")
    print(f"Word and plain text answered alike: {total['alike']}/{args.drafts}")


def _measured(ledgers: Ledgers, draw: random.Random, folder: Path) -> Counter[str]:
    """How many errors one draft had and how many were found; what else was flagged; whether its Word file says the same."""
    said = list(sentences(ledgers))
    pieces: list[tuple[str, int, int]] = [(line, -1, -1) for line in lines("unanswered.txt")]
    for one in said:
        errors = list(planted(one, draw)) if draw.random() < 0.2 else []
        if errors:
            _, text, slot = draw.choice(errors)
            pieces.append((text, slot.start, slot.end))
        else:
            pieces.append((one.text, -1, -1))
    draw.shuffle(pieces)
    text, wrong = _joined(pieces)
    plain, word = folder / "draft.txt", folder / "draft.docx"
    plain.write_text(text, encoding="utf-8")
    word.write_bytes(split_at_random(text.split("\n"), draw))
    answers = [judged(read_draft(path), path.name, 2025, ledgers) for path in (plain, word)]
    return _counted(answers[0], wrong, text) + Counter({"alike": _verdicts(answers[0]) == _verdicts(answers[1])})


def _joined(pieces: list[tuple[str, int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The text of a draft, and where the errors stand in it."""
    text, wrong = "", []
    for number, (sentence, start, end) in enumerate(pieces):
        if number % 20 == 0:
            text += ("\n" if text else "") + HEADS[number // 20 % len(HEADS)] + "\n"
        elif number % 4 == 0:
            text += "\n"
        if start >= 0:
            wrong.append((len(text) + start, len(text) + end))
        text += sentence
    return text, wrong


def _counted(answer: Answer, wrong: list[tuple[int, int]], text: str) -> Counter[str]:
    counts = Counter({"planted": len(wrong)})
    for one in answer.judgements:
        start, end = one.claim.quantity.start, one.claim.quantity.end
        is_planted = any(low < end and high > start for low, high in wrong)
        flagged = one.verdict in ("wrong", "doubtful")
        counts["found"] += is_planted and one.verdict == "wrong"
        counts["right"] += not is_planted
        counts["vain"] += flagged and not is_planted
        if flagged != is_planted:
            print(f"{one.verdict:9}{text[max(0, start - 30) : end + 12]!r}  {one.why}")
    return counts


def _verdicts(answer: Answer) -> list[str]:
    return [one.verdict for one in answer.judgements]


if __name__ == "__main__":
    main()
