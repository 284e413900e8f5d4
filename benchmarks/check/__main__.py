"""`python -m benchmarks.check [WORKSPACE]`: what is found of planted errors and what is flagged in vain, beside two simpler checkers.

The year must have been run. Any town's figures do: the sentences say what they are told.
"""

import argparse
import random
from collections import Counter
from pathlib import Path

from fazhi.checking.binding.known_figures import Ledgers
from fazhi.checking.check import year_figures
from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from fazhi.town_year import open_year

from .baselines import by_expressions, value_exists
from .planting import planted
from .scores import measured
from .sentences import lines, sentences


def main() -> None:
    ask = argparse.ArgumentParser(prog="benchmarks.check", description=__doc__)
    ask.add_argument("workspace", nargs="?", type=Path, default=Path())
    ask.add_argument("--set", nargs=2, default=("sentences.txt", "unanswered.txt"), help="files of sentences")
    ask.add_argument("--year", type=int, default=2025)
    args = ask.parse_args()
    ledgers = year_figures(open_year(args.year, args.workspace))
    _own(ledgers, *args.set)
    for name, made in (("a value that exists", value_exists), ("expressions", by_expressions)):
        caught, wrong, vain, right = measured(ledgers, made(ledgers), *args.set)
        print(
            f"{name:22}found {caught}/{wrong} = {caught / wrong:.1%}, flagged in vain {vain}/{right} = {vain / right:.1%}"
        )


def _own(ledgers: Ledgers, said: str, unanswered: str) -> None:
    """Print what is found by rule, and each miss and each false flag."""
    found: dict[str, Counter[str]] = {}
    draw = random.Random(1)
    for sentence in sentences(ledgers, said):
        judged = judge(bind(sentence.text, ledgers), ledgers)
        for slot in sentence.slots:
            verdict, why = _verdict(judged, slot.start, slot.end)
            found.setdefault("right", Counter())[verdict] += 1
            if verdict not in ("right", "derived"):
                print(f"right     {verdict:9}{sentence.text[slot.start : slot.end]}  {sentence.text}  {why}")
        for rule, text, slot in planted(sentence, draw):
            verdict, why = _verdict(judge(bind(text, ledgers), ledgers), slot.start, slot.end)
            found.setdefault(rule, Counter())[verdict] += 1
            if verdict != "wrong":
                print(f"{rule:10}{verdict:9}{text[slot.start : slot.end]}  {text}  {why}")
    for line in lines(unanswered):
        for one in judge(bind(line, ledgers), ledgers):
            found.setdefault("unanswered", Counter())[one.verdict] += 1
            if one.verdict != "unknown":
                print(f"unanswered {one.verdict:9}{one.claim.quantity.text}  {line}  {one.why}")
    _summary(found)


def _summary(found: dict[str, Counter[str]]) -> None:
    planted_errors: Counter[str] = Counter()
    for rule, verdicts in found.items():
        print(f"{rule:12}", dict(verdicts))
        planted_errors += verdicts if rule not in ("right", "unanswered") else Counter()
    right, other = found["right"], found["unanswered"]
    flagged = sum(right[verdict] + other[verdict] for verdict in ("wrong", "doubtful", "none"))
    print(
        f"found {planted_errors['wrong']}/{planted_errors.total()} = {planted_errors['wrong'] / planted_errors.total():.1%}"
    )
    print(
        f"flagged in vain {flagged}/{right.total() + other.total()} = {flagged / (right.total() + other.total()):.1%}"
    )
    print(f"held against the ledgers {right['right'] + right['derived']}/{right.total()}")


def _verdict(judged: list, start: int, end: int) -> tuple[str, str]:
    """The verdict of the figure in a place; none where no figure was seen."""
    return next(
        ((one.verdict, one.why) for one in judged if one.claim.quantity.start < end and one.claim.quantity.end > start),
        ("none", ""),
    )


if __name__ == "__main__":
    main()
