"""The roll-up as a document: what holds for the district, then the towns, then what to trust less."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fazhi.dictionary.models import Indicator, Specs
from fazhi.district.comparison import Total, shares_of, totals
from fazhi.district.results import Results
from fazhi.district.tables import (  # fmt: skip
    INTERNAL,
    coverage_sheet,
    disputes_sheet,
    district_months,
    months_sheet,
    quality_sheet,
    rank_notes,
    ranking_sheet,
    totals_sheet,
    towns_sheet,
)
from fazhi.documents.model import Document
from fazhi.documents.numbering import see
from fazhi.documents.tables import Field, Sheet, paper_table
from fazhi.indicators.chart_specs import compared_indicators

if TYPE_CHECKING:
    import pandas as pd

TITLE = "{district}{year}年法治政府建设指标汇总"
LONGEST, ENDS = 40, 10  # rows of a table on paper; of a longer one so many at either end
Absent = Sequence[tuple[str, str]]  # a town that is not in the roll-up, and why


def sheets(results: Results, specs: Specs, absent: Absent) -> list[Sheet]:
    """All tables, whole, in the order of the workbook."""
    made = [
        totals_sheet(results, totals(results, shown_indicators(results, specs))),
        towns_sheet(results, specs.indicators),
        disputes_sheet(results),
        months_sheet(results),
        coverage_sheet(results, specs),
        quality_sheet(results),
        absent_sheet(absent),
        redefined_sheet(results, specs),
    ]
    return [sheet for sheet in made if sheet is not None]


def shown_indicators(results: Results, specs: Specs) -> dict[str, Indicator]:
    """The indicators that every town has, and those that are optional or of an optional ledger where a town has them."""
    known = set(results.indicators["indicator"])
    return {
        name: spec
        for name, spec in specs.indicators.items()
        if name in known or not (spec.optional or specs.ledgers[spec.ledger].optional)
    }


def absent_sheet(absent: Absent) -> Sheet:
    """The towns that are not in the roll-up."""
    return Sheet("absent", "未计入的镇", [Field("镇"), Field("原因")], absent)


def redefined_sheet(results: Results, specs: Specs) -> Sheet | None:
    """The figures that a town counts in its own way, and that are therefore added to no other's; None where there are none."""
    rows = [
        (town, "、".join(specs.indicators[name].label for name in names)) for town, names in results.redefined.items()
    ]
    return Sheet("redefined", "自定而没有相加的指标", [Field("镇"), Field("指标")], rows) if rows else None


def page(results: Results, specs: Specs, absent: Absent, tables: Sequence[Sheet]) -> Document:
    """The document of the roll-up; `tables` are its `sheets`."""
    made = {sheet.id: sheet for sheet in tables}
    title = TITLE.format(district=results.district, year=results.year)
    blocks = [
        *_notice(absent),
        *_own_ways(results),
        {"type": "heading", "level": 1, "text": "一、总体情况"},
        *_overview(results, totals(results, shown_indicators(results, specs)), absent),
        paper_table(made["district"]),
        {"type": "heading", "level": 1, "text": "二、纠纷走势"},
        *(
            _trends(made, _chart(results))
            or [_paragraph("没有镇有两年的纠纷台账，各月件数又小于公布下限，没有可以列出的数。")]
        ),
        {"type": "heading", "level": 1, "text": "三、台账报送与数据质量"},
        *_quality(made, absent, results),
        {"type": "attachment", "number": None, "title": "各镇主要指标"},
        {"type": "list", "ordered": False, "items": rank_notes()},
        *(_short(sheet) for sheet in _rankings(results, specs)),
    ]
    return Document(meta={"title": title, "year": results.year, "town": results.district}, blocks=blocks)


def _trends(made: dict[str, Sheet], chart: Any) -> list[Any]:
    tables = [_short(made[name]) for name in ("disputes", "months") if name in made and made[name].rows]
    if chart is None and not tables:
        return []
    text = _paragraph("各镇受理的纠纷和逐月的件数如下", "district-disputes", "disputes", "months")
    return [text, *([chart] if chart is not None else []), *tables]


def _quality(made: dict[str, Sheet], absent: Absent, results: Results) -> list[Any]:
    tables = [paper_table(_shortened(made["coverage"])), _short(made["quality"])]
    tables += [_short(made["absent"])] if absent else []
    tables += [_short(made["redefined"])] if results.redefined else []
    return [_paragraph("各镇报送的台账和各行的去向如下", *(table["id"] for table in tables)), *tables]


def _paragraph(text: str, *names: str) -> dict[str, Any]:
    """A paragraph; one that ends without a stop refers to the figures and tables whose ids are `names`."""
    return {"type": "paragraph", "runs": [{"text": text}, *([see(*names), {"text": "。"}] if names else [])]}


def _notice(absent: Absent) -> list[dict[str, Any]]:
    """A box on top where towns are missing: the totals are not the whole district then."""
    if not absent:
        return []
    items = [f"{town}：{why}" for town, why in absent[:ENDS]]
    if len(absent) > ENDS:
        items.append(f"另有 {len(absent) - ENDS} 个镇，见“未计入的镇”。")
    return [{"type": "notice", "title": f"{len(absent)} 个镇没有计入，合计不是全区的数", "items": items}]


def _own_ways(results: Results) -> list[dict[str, Any]]:
    """A box on top where a town counts some figures in its own way."""
    if not results.redefined:
        return []
    named = list(results.redefined)
    towns = "、".join(named[:ENDS]) + (f"等 {len(named)} 个镇" if len(named) > ENDS else "")
    sentence = f"{towns}有自定的指标或台账，有关的数没有与别的镇相加，也不排位；见“自定而没有相加的指标”。"
    return [{"type": "notice", "title": "有的数不是各镇的合计", "items": [sentence]}]


def _overview(results: Results, made: Sequence[Total], absent: Absent) -> list[Any]:
    """Who is counted, how the rows fared, what the totals may still do."""
    read, kept = int(results.ledgers["read"].sum()), int(results.ledgers["kept"].sum())
    waiting = int(results.ledgers["quarantined"].sum())
    lacking = results.ledgers[results.ledgers["status"] == "missing"]
    whole = sum(total.towns == len(results.towns) and total.value is not None for total in made)
    return [
        _paragraph(
            f"本汇总计入 {len(results.towns)} 个镇" + (f"，另有 {len(absent)} 个镇未计入" if absent else "")
            + f"。各镇台账共读到 {read} 行，计入 {kept} 行，待核实 {waiting} 行。"
        ),
        _paragraph(
            f"{whole} 项指标各镇都有数；" + (f"{lacking['town'].nunique()} 个镇缺台账，共缺 {len(lacking)} 本，" if len(lacking) else "各镇台账齐全，")
            + "缺台账的镇在相应指标中不计，不作 0", "district",
        ),
        _paragraph(INTERNAL),
    ]  # fmt: skip


def _rankings(results: Results, specs: Specs) -> list[Sheet]:
    """The rates, then the counts large enough to compare."""
    chosen = [*shares_of(specs.indicators), *(specs.indicators[name] for name in compared_indicators(specs))]
    return [ranking_sheet(results, spec) for spec in chosen if (results.indicators["indicator"] == spec.id).any()]


def _short(sheet: Sheet) -> dict[str, Any]:
    """The table on paper: a long one by its two ends, the rest is in the workbook."""
    if len(sheet.rows) <= LONGEST:
        return paper_table(sheet)
    left = len(sheet.rows) - 2 * ENDS
    gap = [f"……（中间 {left} 行见 district.xlsx）", *[""] * (len(sheet.fields) - 1)]
    table = paper_table(sheet)
    return {**table, "rows": [*table["rows"][:ENDS], gap, *table["rows"][-ENDS:]]}


def _shortened(sheet: Sheet, most: int = 60) -> Sheet:
    """The same table with long lists of towns cut."""
    rows = [
        [cell if not isinstance(cell, str) or len(cell) <= most else cell[:most] + "……" for cell in row]
        for row in sheet.rows
    ]
    return Sheet(sheet.id, sheet.title, sheet.fields, rows, sheet.notes, sheet.source, sheet.group)


def _chart(results: Results) -> Any:
    """The district's disputes by month, of the towns that have both years."""
    shown = district_months(results)
    if shown is None:
        return None
    from fazhi.documents import charts

    now, before = int(shown[results.year].sum()), int(shown[results.year - 1].sum())
    word = "持平" if now == before else "增加" if now > before else "减少"
    caption = f"两年都有台账的镇，纠纷由{before}件到{now}件，{word}" + (
        "" if now == before else f"{abs(now - before)}件"
    )
    return charts.figure_block(
        charts.columns_by_period(shown, "件"),
        "district-disputes",
        caption,
        _spoken(shown, results.year),
        "各镇矛盾纠纷调解台账",
    )


def _spoken(shown: "pd.DataFrame", year: int) -> str:
    return f"{year}年受理矛盾纠纷件数：" + "，".join(f"{period}{count}件" for period, count in shown[year].items())
