"""A draft checked: read, its quantities found, bound and judged."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from fazhi.checking.answering.answer import Answer
from fazhi.checking.answering.changes import Change, changes
from fazhi.checking.binding.known_figures import Ledgers, known_figures
from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from fazhi.checking.judging.remarks import Remark, remarks
from fazhi.checking.reading.draft import Draft, read_draft
from fazhi.privacy.private_index import PrivateIndex
from fazhi.privacy.register import hidden_values
from fazhi.town_year import TownYear
from fazhi.workspace.report_check import report_text

_KINDS = {"person": "姓名", "persons": "姓名", "party": "当事人", "identity": "证件号", "phone": "电话"}


def check_draft(town: TownYear, path: Path) -> Answer:
    """Check every figure of a draft against the town's results.

    Parameters
    ----------
    town
        The town's year; it must have been counted.
    path
        The draft: .docx, .pdf, .md or .txt.

    Returns
    -------
    Answer
        A judgement a figure, and what else is wrong with the text.

    Raises
    ------
    LedgerError
        The year has no results yet, or the draft cannot be read.
    """
    draft = read_draft(path)
    answer = answer_to(draft, path.name, town, year_figures(town))
    return replace(answer, changes=tuple(_changed(draft, town)))


def _changed(draft: Draft, town: TownYear) -> list[Change]:
    """What people changed in the year's own draft; lines of its tables and notes are no news."""
    ours = report_text(town.processed)
    own = town.processed / "report.docx"
    document = read_draft(own).text if ours and own.is_file() else ""
    return changes(ours, draft.text, document) if ours else []


def year_figures(town: TownYear) -> Ledgers:
    """The figures that a year's results hold. Raises LedgerError where it has none."""
    return known_figures(town, town.statistics(), town.results.clean)


def judged(draft: Draft, name: str, year: int, ledgers: Ledgers) -> Answer:
    """The answer to a draft that is read already, private values aside."""
    judgements = judge(bind(draft.text, ledgers, draft.tables), ledgers)
    sources = {
        ledger: f"{title}（{ledgers.keepers[ledger]}）" if ledgers.keepers.get(ledger) else title
        for ledger, title in ledgers.titles.items()
    }
    remarked = tuple(remarks(draft.text, judgements, ledgers))
    return Answer(name, year, draft, tuple(judgements), remarked, sources)


def answer_to(draft: Draft, name: str, town: TownYear, ledgers: Ledgers) -> Answer:
    """The same, with the private values of the town's ledgers that stand in the draft, told by kind and place."""
    answer = judged(draft, name, town.year, ledgers)
    hidden = hidden_values(town.workspace, town.year, town.settings)
    return replace(answer, remarks=(*answer.remarks, *_private(draft, hidden)))


def _private(draft: Draft, hidden: PrivateIndex) -> Iterator[Remark]:
    for passage in draft.passages:
        found = hidden.found_in([draft.text[passage.start : passage.end]])
        if kinds := sorted({_KINDS.get(kind, "个人信息") for kind in found}):
            yield Remark(passage.start, passage.end, f"有台账中的{'、'.join(kinds)}，公布前请删去", is_private=True)
