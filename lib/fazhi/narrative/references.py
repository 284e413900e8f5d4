"""References from the text to the charts and tables that go with it (见图1、表2): where it first tells of what they show."""

from collections.abc import Mapping, Sequence
from typing import Any

from fazhi.documents.numbering import see

Block = dict[str, Any]


def with_references(blocks: Sequence[Block], shown: Mapping[str, Sequence[str]]) -> list[Block]:
    """The blocks, referring to each chart and table at the end of the sentence that first tells a figure of it.

    Parameters
    ----------
    shown
        Id of a chart or table -> the ids of figures that it shows, as runs of the text have them.
    """
    places: dict[tuple[int, int], list[str]] = {}
    for name, figures in shown.items():
        if place := _first(blocks, set(figures)):
            places.setdefault(_end(blocks[place[0]]["runs"], place), []).append(name)
    return [
        {**block, "runs": _referring(block["runs"], number, places)} if "runs" in block else block
        for number, block in enumerate(blocks)
    ]


def _first(blocks: Sequence[Block], figures: set[str]) -> tuple[int, int] | None:
    """Block and run that first tell one of the figures."""
    found = (
        (number, place)
        for number, block in enumerate(blocks)
        for place, run in enumerate(block.get("runs", ()))
        if run.get("figure") in figures and not run.get("gap")
    )
    return next(found, None)


def _end(runs: Sequence[Mapping[str, Any]], place: tuple[int, int]) -> tuple[int, int]:
    """Block, and the run with which the sentence ends that a run belongs to."""
    block, start = place
    return block, next((n for n in range(start + 1, len(runs)) if _stop(runs[n]) >= 0), len(runs))


def _stop(run: Mapping[str, Any]) -> int:
    """Where in the text between figures a sentence ends, -1 where none does."""
    return -1 if run.get("figure") or run.get("gap") else str(run["text"]).find("。")


def _referring(
    runs: Sequence[dict[str, Any]], block: int, places: Mapping[tuple[int, int], list[str]]
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for place, run in enumerate(runs):
        names = places.get((block, place))
        if not names:
            made.append(run)
            continue
        at = _stop(run)
        parts = [{**run, "text": run["text"][:at]}, see(*names), {**run, "text": run["text"][at:]}]
        made += parts if at else parts[1:]
    return made + ([see(*names)] if (names := places.get((block, len(runs)))) else [])
