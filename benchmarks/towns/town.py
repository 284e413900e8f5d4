"""Write whole towns: unit.yml, the raw files of two years, the analyst's aliases, the truth, and the list of traps."""

import json
import random
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .cells import Hand
from .doubts import Answers, raise_doubts
from .filing import join_small, left_over, plan_files, resend, write_files, write_strangers
from .habits import file_by_habit
from .layout import FLAT, Plan, choose_columns, choose_layout, heading, meta_lines
from .records import make_records
from .rows import Row, add_faults, add_repeats, dress
from .sheets import render
from .strange import own_words, told_strangely, write_key
from .truth import Part, mark_duplicates, write_rows, write_truth
from .world import Town, invent_town

LIGHT_ROWS = 8


@dataclass
class Year:
    """One year of a town in the making."""

    town: Town
    year: int
    seed: int
    hard: bool
    answers: Answers
    large: int = 0  # rows of disputes, 0 for an ordinary year
    light: bool = False  # a few rows a ledger, where only the number of towns matters
    strange: int = 0  # which kind of strange town it is; 0 for none

    @property
    def ledgers(self) -> dict[str, Any]:
        """The dictionary in the town's own words."""
        return told_strangely(dictionary(), self.strange) if self.strange else dictionary()

    def dice(self, *what: str) -> random.Random:
        return random.Random(f"{self.seed} {self.year} {' '.join(what)}")


@cache
def dictionary() -> dict[str, Any]:
    """The ledgers' dictionary."""
    return yaml.safe_load(Path(__file__).with_name("dictionary.yml").read_text(encoding="utf-8"))


def enter_rows(ledger: str, spec: dict, made: Year) -> list[Row]:
    """A ledger's rows as they are entered over the year, faults and all."""
    rng = made.dice(ledger, "rows")
    count = LIGHT_ROWS if made.light else made.large if ledger == "disputes" else 0
    rows = [Row(r) for r in make_records(ledger, spec, rng, made.town, made.year, count)]
    if made.hard:
        raise_doubts(rows, ledger, spec, made.town, rng, made.answers)
    if made.hard or len(rows) > 12:
        add_faults(rows, spec, made.year, rng.random() < 0.5, rng, made.hard)
    add_repeats(rows, spec, rng, made.hard)
    dress(rows, rng, made.hard)
    return rows


def settle_strikes(plan: Plan) -> None:
    """Only workbooks and HTML can strike a row out; elsewhere its note says so."""
    for _, rows in plan.sheets:
        for row in rows:
            if row.struck and plan.kind in FLAT:
                row.struck, row.reason, row.note, row.trap = False, "void", "作废", "void:作废"


def lay_out(plan: Plan, made: Year) -> list[Part]:
    """A file's sheets in one office's layout; in a hard town each sheet may have its own."""
    spec, rng = made.ledgers[plan.ledger], made.dice(plan.ledger, plan.file)
    columns = choose_columns(spec, rng, made.hard)
    columns = {name: column for name, column in columns.items() if name not in plan.told}
    settle_strikes(plan)
    everything = [row for _, rows in plan.sheets for row in rows]
    office = plan.office or (plan.file.split("/")[0] if "/" in plan.file else made.town.roles[spec["office"]])
    parts, layout = [], None
    for name, rows in plan.sheets:
        if layout is None or (made.hard and rng.random() < 0.3):
            layout, unit = choose_layout(plan, spec, columns, everything, rng, made.hard, made.answers)
            meta = meta_lines(made.town, office, made.year, unit, rng, made.hard)
        period = name.removeprefix(plan.title) if len(plan.sheets) > 1 else ""
        stale = not any(form.startswith("yearless") for form in layout.dates)
        line = heading(plan.title, made.town, made.year, period, rng, made.hard, stale)
        layout.heading = line if plan.title_inside else ""
        layout.meta = meta
        sheet = render(name, layout, Hand(made.town, made.year, spec, made.hard, rng), rows)
        parts.append(Part(plan.ledger, plan.file, layout, sheet))
    return parts


def plan_year(made: Year) -> dict[str, list[Plan]]:
    """All files of the year, ledger by ledger."""
    taken: set[str] = set()
    plans = {}
    for ledger, spec in made.ledgers.items():
        rows = enter_rows(ledger, spec, made)
        plans[ledger] = plan_files(
            ledger, spec, rows, made.town, made.year, made.dice(ledger, "files"), made.hard, taken
        )
    if made.hard:
        add_files(plans, made, taken)
        for role in ("平安法治办", "党政办"):
            own = {k: p for k, p in plans.items() if dictionary()[k]["office"] == role}
            if made.strange < 4:
                join_small(own, made.town.roles[role], made.year, made.dice("join", role), taken)
    return file_by_habit(plans, made.strange, made.ledgers, made.town, made.year)


def add_files(plans: dict[str, list[Plan]], made: Year, taken: set[str]) -> None:
    """Files that a tidy year would not have: a ledger sent twice, and one of last year's."""
    rng = made.dice("more files")
    twice = rng.choice([k for k in plans if dictionary()[k].get("identity")])
    plans[twice].append(resend(plans[twice][0], rng, taken))
    stale = rng.choice([k for k in plans if k in ("penalties", "drills", "studies", "publicity", "case_reviews")])
    spec = made.ledgers[stale]
    rows = [Row(r) for r in make_records(stale, spec, rng, made.town, made.year - 1, rng.randint(4, 12))]
    plans[stale].append(left_over(stale, spec, rows, made.town.roles[spec["office"]], made.year, taken))


def write_year(out: Path, made: Year) -> list[tuple]:
    """Raw files and truth of one year; gives its traps."""
    parts = [part for plans in plan_year(made).values() for plan in plans for part in lay_out(plan, made)]
    for ledger, spec in dictionary().items():
        if spec.get("identity"):
            mark_duplicates([p for p in parts if p.ledger == ledger])
    raw = out / "data" / "raw" / str(made.year)
    write_files(raw, parts, made.dice("bytes"), made.hard)
    if made.hard:
        write_strangers(raw, made.town.offices[0])
    write_truth(out / "truth" / str(made.year), dictionary(), parts)
    if made.strange:
        write_key(out / "key" / f"{made.year}.json", parts)
    return [(made.year, p.ledger, p.file, p.told_sheet, *trap) for p in parts for trap in p.sheet.traps]


def dump(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def clear(out: Path) -> None:
    """Remove what an earlier call wrote; never a workspace that is not ours."""
    if (out / "data").exists() and not (out / "expected_first.json").exists():
        raise FileExistsError(f"{out} holds a workspace that this generator did not write")
    for folder in (out / "data", out / "truth", out / "first", out / "key"):
        shutil.rmtree(folder, ignore_errors=True)


def write_town(
    out: Path, seed: int = 7, year: int = 2025, hard: bool = True, large: int = 0, years: int = 2, strange: int = 0
) -> Town:
    """Write a workspace with the raw files of `years` years up to `year`, and beside it its aliases and the truth.

    aliases.yml is the analyst's answer: copy it to data/raw/ for the second run. The truth is that of the second run;
    expected_first.json says of each unlisted spelling what a first run may do: resolve, ask, or either; and
    first/<year>.csv says it of each cell (`first.py` holds a run against it).
    """
    clear(out)
    town, answers, traps = invent_town(seed, hard), Answers(), []
    dump(out / "data" / "raw" / "unit.yml", town.unit())
    for where, words in (own_words(dictionary(), strange) if strange else {}).items():
        for written, means in words.items():
            answers.value(where, written, means, "ask")
    for y in range(year - years + 1, year + 1):
        traps += write_year(out, Year(town, y, seed, hard, answers, large if y == year else 0, strange=strange))
    dump(out / "aliases.yml", answers.as_yaml())
    text = json.dumps(answers.expected, ensure_ascii=False, indent=1)
    (out / "expected_first.json").write_text(text + "\n", encoding="utf-8")
    write_rows(out / "traps.csv", ["year", "ledger", "file", "sheet", "row", "column", "trap", "written"], traps)
    return town


def write_towns(
    out: Path, count: int, seed: int = 7, year: int = 2025, hard: bool = False, years: int = 1
) -> list[Path]:
    """Write `count` towns under `out`, a folder each; gives their folders."""
    folders = [out / f"town{i:04}" for i in range(count)]
    for i, folder in enumerate(folders):
        write_town(folder, seed + i, year, hard, years=years)
    return folders


def write_light_towns(out: Path, count: int, seed: int = 7, year: int = 2025) -> None:
    """Write the raw files of `count` towns of one year, all twenty ledgers, few rows, no truth beside them."""
    for i in range(count):
        town, folder = invent_town(seed + i, hard=False), out / f"town{i:04}"
        dump(folder / "data" / "raw" / "unit.yml", town.unit())
        made = Year(town, year, seed + i, hard=False, answers=Answers(), light=True)
        parts = [part for plans in plan_year(made).values() for plan in plans for part in lay_out(plan, made)]
        write_files(folder / "data" / "raw" / str(year), parts, made.dice("bytes"), hard=False)
