"""The report's text: from a template and one town's statistics to a document whose every figure knows its source."""

from collections.abc import Collection, Mapping
from typing import Any

from fazhi import number_words
from fazhi.dictionary.models import Indicator, Unit
from fazhi.disclosure.published_indicators import PublishedStatistics
from fazhi.errors import SpecError
from fazhi.narrative import markdown
from fazhi.narrative.notice import notice
from fazhi.narrative.quantities import Quantity, quantities, unkept_quantity
from fazhi.narrative.render import render
from fazhi.narrative.template import Template, check_template
from fazhi.narrative.template_functions import Marks, TemplateFunctions, plan_sections
from fazhi.quantities import doubled_hedge, find_quantities

Block = dict[str, Any]
Document = dict[str, Any]


def compose(
    statistics: PublishedStatistics,
    unit: Unit,
    year: int,
    *,
    template_text: str | None = None,
    silent: Collection[Indicator] = (),
) -> Document:
    """Compose the report of `year`; what is missing or open stands in a notice on top.

    Parameters
    ----------
    statistics
        The year's, as they may be published: small counts are merged or bounded in them already.
    template_text
        The year's own `report.md`, which replaces the template or, by `extends`, blocks of it.
    silent
        Indicators of ledgers that the town does not keep: nothing is said of them, and a head that is left with nothing
        below it goes too.

    Returns
    -------
    dict
        `meta`: title, issuer, date and the like. `blocks`: headings, paragraphs, lists in order; each run of text that is a figure has the id
        of its quantity. `evidence`: that id -> label, definition, value, unit, numerator and denominator.

    Raises
    ------
    SpecError
        The template is wrong; with its file and line.
    """
    template = Template.of(year, template_text)
    outline = template.outline
    known, marks = {one.id: unkept_quantity(one) for one in silent} | quantities(statistics, unit, outline), Marks()
    check_template(template, unit, {one.id: (one.label, one.unit) for one in known.values()})
    vocabulary = TemplateFunctions(known, plan_sections(known, outline["plan"]), marks, statistics.plan_results)
    context = _context(unit, year, template, marks) | {"records_open": _records_open(statistics)}
    text = render(template, context, vocabulary, marks)
    try:
        blocks = markdown.blocks(text, marks, whole=not silent)
        _check(blocks)
    except SpecError as error:
        raise SpecError(f"{template.label}：{error}。") from None
    found = [run for block in blocks for run in block.get("runs", [])]
    said = [_published(block) for block in blocks]
    return {
        "meta": _meta(unit, year),
        "blocks": notice(found, known, statistics, unit.report_date) + said,
        "evidence": _evidence(found, known),
    }


def _context(unit: Unit, year: int, template: Template, marks: Marks) -> dict[str, Any]:
    """What a template may name. Text from outside goes in as marks, so it prints as it is and is never parsed."""
    outline, years = template.outline, {"year": year, "last_year": year - 1, "next_year": year + 1}
    parts = unit.parts or tuple(outline["parts"])
    level = next((word for word in ("街道", "镇", "乡") if unit.name.endswith(word)), "")
    return {
        **years,
        "town": marks.put(unit.name),
        "whole": marks.put(f"全{level}" if level else unit.name),
        "parts": [{"block": part, "head": marks.put(outline["parts"][part].format(**years))} for part in parts],
        "sections": [{"block": block, "head": marks.put(head)} for block, head in unit.sections.items()],
        "plan_sections": [{"block": block, "head": body["head"]} for block, body in outline["plan"].items()],
    }


def _records_open(statistics: PublishedStatistics) -> bool:
    """Whether any ledger has rows that had to go back to their office."""
    return any(ledger.fates["quarantined"] for ledger in statistics.ledgers.values())


def _check(blocks: list[Block]) -> None:
    """Nothing may be printed that the rules of writing forbid."""
    for block in blocks:
        text = "".join(run["text"] for run in block.get("runs", []))
        doubled = next(filter(None, map(doubled_hedge, find_quantities(text))), "")
        if doubled:
            raise SpecError(f"“{doubled}”用了两个约数词，请删去一个")


def _published(block: Block) -> Block:
    """The block without what only the notice needed."""
    if "runs" not in block:
        return block
    return {
        **block,
        "runs": [{key: value for key, value in run.items() if key != "why"} for run in block["runs"]],
    }


def _evidence(runs: list[dict[str, Any]], known: Mapping[str, Quantity]) -> dict[str, Any]:
    """Evidence of every figure printed, by id, with the words it was printed in."""
    by_id = {quantity.id: quantity for quantity in known.values()}
    found: dict[str, Any] = {}
    for run in runs:
        name = run.get("figure")
        if name and name not in found:
            change = name.endswith(":change") and name not in by_id
            quantity = by_id[name.removesuffix(":change") if change else name]
            found[name] = {"shown": run["text"], **(quantity.change_evidence() if change else quantity.evidence)}
        elif name and run["text"] not in found[name]["shown"].split("；"):
            found[name]["shown"] += "；" + run["text"]
    return found


def _meta(unit: Unit, year: int) -> dict[str, Any]:
    return {
        "title": unit.title_of(year),
        "issuer": unit.issuer,
        "addressee": unit.addressee,
        "document_number": unit.document_number,
        "signer": unit.signer,
        "date": number_words.day(unit.report_date) if unit.report_date else "",
        "form": unit.form,
        "town": unit.name,
        "year": year,
        "fonts": dict(unit.fonts),
        "suppress_below": unit.suppress_below,
    }
