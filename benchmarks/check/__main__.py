"""`python -m benchmarks.check`: recall and precision by rule, and what was missed; the sample year must have been run."""

from collections import Counter

from benchmarks.check.drafts import sentences
from fazhi.checking.check import year_figures
from fazhi.checking.claims import bind
from fazhi.checking.judge import judge
from fazhi.town_year import open_year
from fazhi.workspace.files import read_json


def main() -> None:
    town = open_year(2025)
    ledgers = year_figures(town)
    entries = read_json(town.processed / "statistics.json")["indicators"]
    found: Counter[tuple[str, str]] = Counter()
    for sentence in sentences(entries):
        judged = judge(bind(sentence.text, ledgers), ledgers)
        verdict = next(
            (one.verdict for one in judged if one.verdict in ("wrong", "doubtful")),
            judged[0].verdict if judged else "none",
        )
        found[sentence.rule or "right", verdict] += 1
        if (verdict in ("wrong", "doubtful")) != bool(sentence.rule):
            print(f"{sentence.rule or 'right':10}{verdict:10}{sentence.text}  {judged[0].why if judged else ''}")
    for rule in sorted({rule for rule, _ in found}):
        print(rule, {verdict: count for (of, verdict), count in sorted(found.items()) if of == rule})


if __name__ == "__main__":
    main()
