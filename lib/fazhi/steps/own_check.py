"""The report's own figures held against the ledgers, like those of anybody's draft: what was typed by hand into `report.md` too."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fazhi.checking.answering.answer import SHOWN, Answer, as_data, excerpt
from fazhi.checking.binding.known_figures import known_figures
from fazhi.checking.check import judged
from fazhi.checking.reading.draft import Draft, Passage
from fazhi.disclosure.printed_forms import EXACT
from fazhi.number_words import full_width
from fazhi.quantities import find_quantities
from fazhi.town_year import TownYear
from fazhi.workspace.files import write_json
from fazhi.workspace.report_check import FILE

Block = dict[str, Any]
WITHHELD = "与台账不一致，确数不予公布，请改用指标"


def checked(town: TownYear, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of the report, with what is wrong in them told on top; writes what was found to `report.check.json`."""
    answer = _answer(town, blocks)
    faults = [*_wrong(answer, town, _printed(blocks)), *_typed(blocks)]
    write_json(town.processed / FILE, {**as_data(answer), "told": faults, "text": answer.draft.text})
    if not faults:
        return list(blocks)
    items = [full_width(line) for line in (f"请先改正（data/raw/{town.year}/report.md）：", *faults)]
    before = next((block for block in blocks if block["type"] == "notice"), None)
    rest = [block for block in blocks if block is not before]
    return [{"type": "notice", "title": "待核实", "items": [*items, *(before["items"] if before else ())]}, *rest]


def _answer(town: TownYear, blocks: Sequence[Block]) -> Answer:
    """The judgements of the report's text, a passage a block."""
    texts = [block.get("text") or "".join(run["text"] for run in block["runs"]) for block in _read(blocks)]
    passages, at = [], 0
    for number, text in enumerate(texts):
        passages.append(Passage(at, at + len(text), "", number))
        at += len(text) + 1
    ledgers = known_figures(town, town.statistics(), town.results.clean)
    return judged(Draft("\n".join(texts), tuple(passages)), "report", town.year, ledgers)


def _read(blocks: Sequence[Block]) -> Iterator[Block]:
    yield from (block for block in blocks if block["type"] in ("heading", "paragraph"))


def _printed(blocks: Sequence[Block]) -> list[tuple[int, int, str]]:
    """From where to where an indicator's own figure stands in the text, and which: its words may be nearer to another's."""
    found, at = [], 0
    for block in _read(blocks):
        for run in block.get("runs") or [{"text": block.get("text") or ""}]:
            end = at + len(run["text"])
            if run.get("figure") or run.get("gap"):
                found.append((at, end, (run.get("figure") or "").removesuffix(":change")))
            at = end
        at += 1
    return found


def _wrong(answer: Answer, town: TownYear, printed: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    """What is wrong; of a figure that is not published exactly, not what it should be: the box goes where the report goes."""
    forms, indicators = town.publication()["forms"], town.settings.specs.indicators
    for one in answer.judgements:
        whose = {
            name for start, end, name in printed if start < one.claim.quantity.end and end > one.claim.quantity.start
        }
        if one.verdict in SHOWN and not (whose and one.indicator not in whose):
            spec = indicators.get(one.indicator)
            is_told = spec is not None and (not spec.persons or forms.get(f"{spec.id}:value") == EXACT)
            yield f"“{excerpt(one)}”：{one.why if is_told or spec is None else WITHHELD}。"
    for remark in answer.remarks:
        if not any(start < remark.end and end > remark.start for start, end, _ in printed):
            yield f"“{answer.draft.text[remark.start : remark.end]}”：{remark.why}。"


def _typed(blocks: Sequence[Block]) -> Iterator[str]:
    """Figures of the report with no indicator behind them: somebody's hand has typed them into the template."""
    for block in _read(blocks):
        yield from _without_evidence(block.get("runs", ()))


def _without_evidence(runs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    text, sourced = "", []
    for run in runs:
        if run.get("figure") or run.get("gap"):
            sourced.append((len(text), len(text) + len(run["text"])))
        text += run["text"]
    for one in find_quantities(text):
        if one.kind == "actual" and not any(start < one.end and end > one.start for start, end in sourced):
            around = text[max(0, one.start - 12) : one.end + 6]
            yield f"“{around}”：{one.text}是手写的数，没有出处，请改用指标，或者自行核实。"
