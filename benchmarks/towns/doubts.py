"""Spellings the dictionary does not list: what an analyst must place, what no one can, and what is remembered of it."""

import random
from dataclasses import dataclass, field

from .rows import Row
from .world import Town

# column -> words for yes and no beyond the README's pairs; resolving them rightly and asking are both right
PAIRS_BEYOND = {
    "penalties.paid": ("已缴纳", "未缴纳"),
    "tasks.done": ("已完成", "未完成"),
    "oversight.resolved": ("已办结", "未办结"),
    "officers.exam_passed": ("合格", "不合格"),
    "officers.on_establishment": ("在编", "不在编"),
    "officers.trained": ("已参加", "未参加"),
}


BOXES = ("☑是□否", "□是☑否")


@dataclass
class Answers:
    """aliases.yml as its analyst would write it, and what a first run without it may do with each spelling."""

    values: dict[str, dict[str, str]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    villages: dict[str, str] = field(default_factory=dict)
    expected: list[dict[str, str]] = field(default_factory=list)

    def expect(self, kind: str, where: str, written: str, means: str, first: str) -> None:
        """Note once what a first run should do: resolve, ask, or either."""
        item = {"kind": kind, "where": where, "written": written, "means": means, "first": first}
        if item not in self.expected:
            self.expected.append(item)

    def value(self, where: str, written: str, means: str, first: str) -> None:
        self.values.setdefault(where, {})[written] = means
        self.expect("value", where, written, means, first)

    def column(self, ledger: str, title: str, column: str) -> None:
        self.columns.setdefault(ledger, {})[title] = column
        self.expect("column", ledger, title, column, "ask")

    def village(self, written: str, means: str, first: str) -> None:
        if means:
            self.villages[written] = means
        self.expect("village", "", written, means, first)

    def as_yaml(self) -> dict:
        """The content of aliases.yml."""
        return {"values": self.values, "columns": self.columns, "villages": self.villages}


TIED = (
    "disputes.outcome",
    "normative_documents.result",
    "disputes.agreement",
    "case_reviews.grade",
    "oversight.kind",
    "leadership.kind",
)


def doubt_word(clean: list[Row], where: str, column: dict, rng: random.Random, answers: Answers, town: Town) -> None:
    """Write one row's word as only the analyst can place it; where other cells hang on it, the row has that meaning."""
    first = rng.choice([kind for kind in ("ask", "either") if kind in column])
    written, means = rng.choice(sorted(column[first].items()))
    means = town.roles[means] if column["kind"] == "office" else means
    name, value = where.split(".")[1], {"是": True, "否": False}.get(means, means)
    tied = where in TIED or isinstance(value, bool)
    rows = [r for r in clean if not r.written and (r.record[name] == value or not tied)]
    if rows:
        row = rng.choice(rows)
        row.record[name], row.written[name], row.trap = value, written, f"{first}:{name}"
        answers.value(where, written, means, first)


def doubt_nobody(row: Row, ledger: str, name: str, column: dict, rng: random.Random, answers: Answers) -> None:
    """A word outside the vocabulary with no answer: the row is kept, the cell counts nowhere."""
    written = rng.choice(column["never"])
    row.record[name], row.written[name], row.trap = None, written, f"never:{name}"
    answers.expect("value", f"{ledger}.{name}", written, "", "ask")


def doubt_village(row: Row, name: str, town: Town, rng: random.Random, answers: Answers) -> None:
    """A place that needs the analyst, or that is none of the town's."""
    pool = [(w, v, "ask") for w, v in town.places.items()] + [(w, v, "either") for w, v in town.either.items()]
    written, means, first = rng.choice(pool + [(s, "", "ask") for s in town.strangers])
    row.record[name], row.written[name], row.trap = means or None, written, f"{first}:{name}"
    answers.village(written, means, first)


def pair_beyond(where: str, answers: Answers) -> tuple[str, str]:
    """Words for yes and no beyond the README's pairs, with their answers."""
    yes, no = PAIRS_BEYOND.get(where, BOXES)
    answers.value(where, yes, "是", "either")
    answers.value(where, no, "否", "either")
    return yes, no


def raise_doubts(rows: list[Row], ledger: str, spec: dict, town: Town, rng: random.Random, answers: Answers) -> None:
    """Sow unknown spellings over a ledger's kept rows, a few per column."""
    for name, column in spec["columns"].items():
        clean = [r for r in rows if not r.written]
        for row in rng.sample(clean, min(len(clean) // 4, 1 + len(clean) // 25)):
            if column["kind"] == "village":
                doubt_village(row, name, town, rng, answers)
            elif column.get("never") and rng.random() < 0.2:
                doubt_nobody(row, ledger, name, column, rng, answers)
            elif "ask" in column or "either" in column:
                doubt_word(clean, f"{ledger}.{name}", column, rng, answers, town)
