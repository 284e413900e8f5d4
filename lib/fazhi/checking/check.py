"""A draft checked: read, its quantities found, bound and judged."""

from functools import partial
from pathlib import Path

from fazhi.checking.answer import Answer
from fazhi.checking.claims import bind
from fazhi.checking.draft import Draft, read_draft
from fazhi.checking.judge import judge, stale_years
from fazhi.checking.known_figures import Ledgers, known_figures
from fazhi.privacy.register import hidden_values
from fazhi.town_year import TownYear

_KINDS = {"person": "姓名", "persons": "姓名", "party": "当事人", "identity": "证件号", "phone": "电话"}


def check_draft(town: TownYear, path: Path) -> Answer:
    """The answer to the draft in `path`, against the town's results.

    Raises LedgerError where the year has no results yet or the draft cannot be read.
    """
    draft = read_draft(path)
    return answer_to(draft, path.name, town, year_figures(town))


def year_figures(town: TownYear) -> Ledgers:
    """The figures that a year's results hold. Raises LedgerError where it has none."""
    return known_figures(town, town.statistics(), partial(town.results.clean, arrow=False))


def answer_to(draft: Draft, name: str, town: TownYear, ledgers: Ledgers) -> Answer:
    """The answer to a draft that is read already."""
    judgements = judge(bind(draft.text, ledgers), ledgers)
    remarks = [f"{why}：“{draft.text[start:end]}”" for start, end, why in stale_years(draft.text, town.year)]
    hidden = hidden_values(town.workspace, town.year, town.settings)
    for passage in draft.passages:
        kinds = {_KINDS.get(kind, "") for kind in hidden.found_in([draft.text[passage.start : passage.end]])} - {""}
        if kinds:
            remarks.append(f"第 {passage.number + 1} 段有台账中的{'、'.join(sorted(kinds))}，公布前请删去")
    return Answer(name, town.year, draft, tuple(judgements), tuple(remarks))
