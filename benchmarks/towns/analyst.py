"""An analyst at work on two years of a strange town: runs, answers truly what `fazhi accept` asks and nothing else, until nothing is asked.

`python -m benchmarks.towns.analyst DIR [KIND SEED]` writes the town and works on it, a line a run.
"""

import contextlib
import csv
import io
import json
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from fazhi import town_year
from fazhi.cli.main import main as fazhi
from fazhi.steps import clean, statistics, survey
from fazhi.values.normalise import normalise
from fazhi.values.titles import title_key
from fazhi.workspace.paths import Workspace

from .first import clean_rows, plain
from .town import dictionary, write_town

MAXIMUM_RUNS = 5
ONCE = "相同的只算一次"


@dataclass
class Analyst:
    """Who answers, from the town's truth; `decisions` are the commands given, `puzzled` what could not be answered."""

    out: Path
    year: int = 2025
    decisions: list[list[str]] = field(default_factory=list)
    puzzled: list[str] = field(default_factory=list)
    runs: int = 0

    def __post_init__(self) -> None:
        self.key = json.loads((self.out / "key" / f"{self.year}.json").read_text(encoding="utf-8"))
        self.offices = yaml.safe_load((self.out / "data/raw/unit.yml").read_text(encoding="utf-8"))["offices"]
        self.known = yaml.safe_load((self.out / "aliases.yml").read_text(encoding="utf-8"))

    def run(self) -> None:
        """Survey, clean and count the year with the library."""
        self.runs += 1
        shutil.rmtree(Workspace(self.out).processed(self.year), ignore_errors=True)
        town = town_year.open_year(self.year, self.out)
        survey.survey_year(town)
        for ledger in town.ledgers:
            clean.clean_ledger(town, ledger)
        statistics.write_statistics(town)

    def tell(self, *words: str) -> tuple[int, str]:
        """`fazhi accept` with these words: its exit code and what it says."""
        told = io.StringIO()
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            code = fazhi(["accept", *words, "--workspace", str(self.out), "--year", str(self.year)])
        return code, told.getvalue()

    def decide(self, *words: str) -> None:
        self.decisions.append(list(words))
        print("  decided:", *words, flush=True)
        code, told = self.tell(*words)
        if code:
            self.puzzled.append(f"{' '.join(words)}: {told.strip()}")

    def asked(self) -> list[dict[str, Any]]:
        """The questions that the last run left open."""
        found: list[dict[str, Any]] = json.loads(self.tell("--json")[1])
        return [question for question in found if not question["decided"] and not question["settled"]]

    def answer_all(self) -> int:
        """Answer each question of the last run once; how many decisions that took."""
        before = len(self.decisions)
        words: dict[str, list[dict[str, Any]]] = {}
        for question in self.asked():
            if question["target"] == "files" or question["target"].startswith("columns."):
                self.answer_sheet(question)
            else:
                words.setdefault(question["target"], []).append(question)
        for target, questions in words.items():
            self.answer_words(target, questions)
        return len(self.decisions) - before

    def answer_sheet(self, question: dict[str, Any]) -> None:
        """A sheet of unknown headings: all of it at once, unless an answer of this round has settled it."""
        named = question["command"].split('"')[1]
        file, _, sheet = named.rstrip("]").partition("[")
        truth = self.key.get(file, {}).get(sheet) or (self.key.get(file, {}).get("") if not sheet else None)
        if truth is None and file in self.key and len(self.key[file]) == 1 and not named.endswith("]"):
            truth = next(iter(self.key[file].values()))
        if truth is None:
            self.decide(named, "--ledger", "无关", "--yes") if self._is_open(named) else None
            return
        _, told = self.tell(named, "--ledger", truth["ledger"], "--json")
        if not told.startswith("{"):
            self.puzzled.append(f"{named}: {told.strip()}")
            return
        shown = json.loads(told)
        words = []
        mapped = shown["form"].get("columns", {})
        for heading in shown["looks"]:
            wanted = self._column(heading, truth)
            if mapped.get(heading, "") != wanted and wanted:
                words += ["--column", f"{heading}={wanted}"]
            elif not wanted and heading in mapped:
                words += ["--ignore", heading]
        for column, spellings in shown["values"].items():
            for written, proposed in spellings.items():
                means = self._meaning(self._target(truth["ledger"], column), written)
                if proposed and means != proposed:
                    words += ["--value", f"{column}:{written}={means or '空'}"]
        if self._is_open(named):
            self.decide(named, "--ledger", truth["ledger"], *words, "--yes")

    def _is_open(self, named: str) -> bool:
        """Whether the sheet is still asked about once the forms of this round are known."""
        from fazhi.decisions.sheet_form import find_sheet
        from fazhi.recognition.ledgers import recognise

        town = town_year.open_year(self.year, self.out)
        file, sheet = find_sheet(town, named)
        _, issues = recognise(file, town.settings)
        asked = ("sheet_unknown", "sheet_ambiguous", "header_missing", "columns_missing")
        return any(i.sheet == sheet.name and i.kind in asked and i.severity != "info" for i in issues)

    def _column(self, heading: str, truth: dict[str, Any]) -> str:
        titles = {title_key(normalise(title)): name for title, name in truth["titles"].items()}
        exact = titles.get(title_key(normalise(heading)))
        if exact is not None:
            return str(exact)
        found = [name for title, name in titles.items() if title_key(normalise(heading)).endswith(title) and name]
        return found[0] if found else ""

    def _target(self, ledger: str, column: str) -> str:
        kind = town_year.load_specs().ledgers[ledger].columns[column].kind
        return {"village": "villages", "office": "offices"}.get(kind, f"{ledger}.{column}")

    def answer_words(self, target: str, questions: list[dict[str, Any]]) -> None:
        """The written values of one column, or places and offices: each once."""
        told: list[str] = []
        for question in questions:
            means = self._meaning(target, question["written"])
            if (
                target == "once"
            ):  # of rows that nothing tells apart it is known that they are one event; others count as they stand
                one_event = ONCE in question["nearest"] and dictionary()[question["written"].split(".")[0]].get(
                    "identity"
                )
                told += [f"{question['written']}={ONCE}"] if one_event else []
                continue
            if means is None and not question["nearest"]:
                continue  # a date or number that nobody can read
            told += [f"{written}={means or '空'}" for written in (question["written"], *question["also"])]
        if told:
            self.decide(target, *told)

    def _meaning(self, target: str, written: str) -> str | None:
        """What is written means, in the town's own ledgers; an office is one wherever it stands."""
        values = self.known["values"]
        if target == "offices":
            return next((words[written] for words in values.values() if words.get(written) in self.offices), None)
        found = self.known["villages"] if target == "villages" else values.get(target, {})
        return found.get(written)


def clean_rows_differ(out: Path, year: int) -> dict[str, Any]:
    """Of each ledger whose clean rows are not those of the truth, what is missing and what is too many."""
    found = {}
    for path in sorted((out / "truth" / str(year)).glob("*.csv")):
        if path.stem != "fates":
            with path.open(encoding="utf-8") as stream:
                names, *rows = csv.reader(stream)
            wanted = Counter(tuple(map(plain, row)) for row in rows)
            clean = clean_rows(Workspace(out).processed(year) / "clean", path.stem).values()
            got = Counter(tuple(plain(row.get(name)) for name in names) for row in clean)
            if got != wanted:
                found[path.stem] = (wanted - got, got - wanted)
    return found


def figures(out: Path, year: int) -> dict[str, list[str]]:
    """The year's figures by how they stand: `right`, `open` where they are marked or missing, `wrong` without a word."""
    folder = Workspace(out).processed(year)
    got = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))["indicators"]
    truth = json.loads((out / "truth" / str(year) / "statistics.json").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {"right": [], "open": [], "wrong": []}
    for name, value in truth.items():
        told = got[name]["value"]
        right = told is not None and value is not None and abs(float(told) - float(value)) < 1e-4
        state = "right" if right or told == value else "open" if got[name]["status"] != "complete" else "wrong"
        found[state].append(f"{name} {told}, not {value}" if state == "wrong" else name)
    return found


def work(analyst: Analyst) -> None:
    """Run and answer until nothing is asked; a line a run, and what was decided."""
    while analyst.runs < MAXIMUM_RUNS:
        analyst.run()
        stand = figures(analyst.out, analyst.year)
        print(
            f"{analyst.year}, run {analyst.runs}, {len(analyst.decisions)} decisions; figures: "
            f"{len(stand['right'])} right, {len(stand['open'])} open, {len(stand['wrong'])} wrong {stand['wrong'] or ''}; "
            f"unlike the truth: {sorted(clean_rows_differ(analyst.out, analyst.year)) or 'nothing'}",
            flush=True,
        )
        if not analyst.answer_all():
            break
    for told in dict.fromkeys(analyst.puzzled):
        print("  puzzled:", told[:400])


def main() -> None:
    out = Path(sys.argv[1])
    if len(sys.argv) > 2:
        write_town(out, seed=int(sys.argv[3]), year=2025, hard=True, strange=int(sys.argv[2]))
    for year in map(int, sys.argv[4:]):
        work(Analyst(out, year))


if __name__ == "__main__":
    main()
