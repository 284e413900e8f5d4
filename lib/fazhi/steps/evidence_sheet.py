"""数据出处: each sentence of the report with its figures, and what every figure is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fazhi.disclosure.published_indicators import PublishedStatistics
from fazhi.documents.tables import NOT_APPLICABLE, WITHHELD, Cell, Field, Kind, Sheet, Typed
from fazhi.steps.report import composed
from fazhi.town_year import TownYear

_ENDS = "。！？；"


def sources_sheet(town: TownYear, statistics: PublishedStatistics) -> Sheet:
    """A row for every figure of every sentence of the report, in the order in which they are read."""
    document = composed(town, statistics)
    fields = [
        Field("句子"), Field("所写"), Field("指标"), Field("定义"), Field("数值", "decimal", paper=False),
        Field("分子", "decimal", NOT_APPLICABLE), Field("分母", "decimal", NOT_APPLICABLE), Field("代号", paper=False),
    ]  # fmt: skip
    rows = [
        _row(sentence, run, document["evidence"][run["figure"]])
        for block in document["blocks"]
        for sentence, runs in sentences(block.get("runs", []))
        for run in runs
        if run.get("figure")
    ]
    says = tuple(key for one in document["evidence"].values() for key in one.get("says", ()))
    return Sheet("sources", "数据出处", fields, rows, ["一句话里有几个数就有几行。"], "报告初稿与各台账", says=says)


def sentences(runs: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """A paragraph's runs by sentence: the sentence's text, and the runs in it that are figures."""
    text, figures = "", []
    for run in runs:
        if run.get("figure"):
            figures.append(run)
            text += run["text"]
            continue
        for character in run["text"]:
            text += character
            if character in _ENDS:
                yield text.strip(), figures
                text, figures = "", []
    if text.strip():
        yield text.strip(), figures


def _row(sentence: str, run: Mapping[str, Any], evidence: Mapping[str, Any]) -> list[Cell]:
    kind: Kind = "rate" if evidence["unit"] in ("%", "百分点") else "decimal"
    return [
        sentence, run["text"], evidence["label"], evidence.get("definition") or "",
        WITHHELD if "value" in evidence.get("withheld", ()) else Typed(evidence.get("value"), kind),
        *_divided(evidence), run["figure"],
    ]  # fmt: skip


def _divided(entry: Mapping[str, Any]) -> list[Cell]:
    if "parts" in entry.get("withheld", ()):
        return [WITHHELD, WITHHELD]
    return [entry.get("numerator") if entry.get("denominator") is not None else None, entry.get("denominator")]
