"""What notebook 04 calls: all counts for the analyst, then the document that may be published."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd

from fazhi.disclosure.listed import check_document
from fazhi.documents import notebook_output
from fazhi.documents.notebook_output import Shown, table
from fazhi.trend_report import captioned_charts, captions
from fazhi.trend_report.captioned_charts import Drawing
from fazhi.trend_report.document import compose
from fazhi.trend_report.public_findings import is_finding, public_findings, published_of
from fazhi.trend_report.publishable import steps_of
from fazhi.trend_report.selection import LEDGER, View, span
from fazhi.trend_report.selection import open_view as open_view
from fazhi.trends import records as series
from fazhi.trends import search
from fazhi.trends.finding import CONFIDENCE, Finding
from fazhi.trends.forecast import forecast
from fazhi.trends.monthly_counts import grid
from fazhi.trends.records import Records
from fazhi.workspace.files import write_json


def show_population(view: View) -> Shown:
    """Rows by town and year, and how many of them leave a column open."""
    rows = view.records.rows
    labels = {name: label for name, label in view.labels.items() if name != "town"}
    counts = [
        {
            "乡镇": town, "年度": year, "计入": len(part),
            **{f"{label}{series.UNKNOWN}": int((part[name] == series.UNKNOWN).sum()) for name, label in labels.items()},
            **({"未办结": int(part["days_to_close"].isna().sum())} if view.roles.closed else {}),
        }
        for (town, year), part in rows.groupby(["town", "year"])
    ]  # fmt: skip
    return frame_table(pd.DataFrame(counts), "population", f"{view.where}{span(view.records.years)}{view.ledger.title}")


def find(view: View) -> list[Finding]:
    """All findings; none where there is no row."""
    return [] if view.empty else search.find(view.records, view.towns[0].settings.unit)


def write_findings(view: View, found: Sequence[Finding]) -> Shown:
    """Write `trends.json` beside the notebooks' results, when the whole of one town is looked at; show what it holds.

    It is about the ledger whose trends are part of every run: another one is only shown.
    """
    if not view.narrowed and len(view.towns) == 1 and view.ledger.id == LEDGER:
        found = marked(view, found)
        write_json(view.towns[0].processed / "trends.json", search.document(found, view.records))
    return show_findings(view, found)


def marked(view: View, found: Sequence[Finding]) -> list[Finding]:
    """The findings, `public` those alone that the published document tells in full."""
    public = {
        id(one.finding)
        for one in public_findings(view, published_of(view), found)
        if one.sentence == one.finding.sentence
    }
    return [replace(one, public=id(one) in public) for one in found]


def show_findings(view: View, found: Sequence[Finding]) -> Shown:
    """Findings in words, what they are about, how sure they are."""
    places = {"村（居）": "village", "类型": "category"}
    shown = {title: name for title, name in places.items() if name in view.labels}
    rows = [
        (
            finding.sentence, *(getattr(finding, name) or "" for name in shown.values()), finding.period,
            CONFIDENCE[finding.confidence], "可以" if finding.public else "不可以",
        )
        for finding in found
    ]  # fmt: skip
    return table(["发现", *shown, "时段", "把握", "公开"], rows, "findings")


# --- charts, each below its sentence -----------------------------------------------------------------------------------


def show_months(view: View) -> Shown:
    """The months of each year, one year a line."""
    return _shown(view, lambda: captioned_charts.seasons(_months(view.records), view.roles.counter))


def show_control(view: View, found: Sequence[Finding]) -> Shown:
    """All months in a row with their limits, anew from each step that the findings name."""
    if view.empty:
        return _nothing(view)
    months = series.by_month(view.records)["合计"]
    named = months.rename(index=lambda name: f"{name[:4]}年{int(name[5:])}月")
    return _picture(view, captioned_charts.control(named, view.roles.counter, steps_of(found, list(months.index))))


def show_forecast(view: View, found: Sequence[Finding]) -> Shown:
    """Next year by month, or the sentence that says why there is none."""
    sentence = next((finding.sentence for finding in found if finding.kind == "forecast"), "")
    made = None if view.empty or not sentence else forecast(grid(view.records, "village"))
    if made is None or not made.shown:
        return words(sentence or "没有三个完整的年份，不作预测。")
    months = _months(view.records).iloc[:, -1].set_axis(range(1, 13))
    return _picture(view, captioned_charts.forecast(made, sentence.rstrip("。"), months, view.roles.counter))


def show_by(view: View, dimension: str) -> Shown:
    """Counts by year of `place`, `category`, `source`, `outcome` or `office`, as a chart and a table."""
    name, labels = view.place if dimension == "place" else dimension, view.inner_labels
    if name not in labels:
        return absent(view, name)
    if view.empty:
        return _nothing(view)
    counts = series.by_year(view.records, name)
    numbers = counts.rename(columns=lambda year: f"{year}年").rename_axis(labels[name]).reset_index()
    return joined(_picture(view, _drawn_by(view, dimension)), frame_table(numbers, f"by-{dimension}"))


def _drawn_by(view: View, dimension: str) -> Drawing:
    name = view.place if dimension == "place" else dimension
    draw = captioned_charts.panels if dimension == "place" else captioned_charts.bars
    return draw(series.by_year(view.records, name), name, view.inner_labels[name], view.roles.counter)


def drawings(view: View, dimensions: Sequence[str]) -> list[Drawing]:
    """The charts of the months and of each of the dimensions; none where there is no row."""
    if view.empty:
        return []
    months = captioned_charts.seasons(_months(view.records), view.roles.counter)
    return [months, *(_drawn_by(view, name) for name in dimensions)]


def show_crossing(view: View, found: Sequence[Finding]) -> Shown:
    """Villages by type; hotspots that the findings name are framed."""
    for name in (view.place, "category"):
        if name not in view.labels:
            return absent(view, name)
    counts = pd.crosstab(view.records.rows[view.place], view.records.rows["category"])
    marked = [
        (finding.village, finding.category)
        for finding in found
        if finding.kind == "hotspot" and finding.village and finding.category
    ]
    return _shown(view, lambda: captioned_charts.crossing(counts, marked, view.place, view.roles.counter))


def show_closing(view: View) -> Shown:
    """Days from acceptance to closing, and money agreed, by year; what the ledger has of them."""
    roles = view.roles
    if not (roles.closed or roles.amount):
        return absent(view, "closed")
    if view.empty:
        return _nothing(view)
    drawing = captioned_charts.settling(series.settling(view.records), roles) if roles.closed else None
    if not roles.amount:
        return _picture(view, drawing) if drawing else _nothing(view)
    paid = series.money(view.records)
    numbers = pd.DataFrame(
        {
            "年度": paid.index,
            f"有金额的{roles.paid}": paid["agreements"],
            "合计（元）": paid["amount_yuan"].astype(float),
            "中位数（元）": paid["median"],
        }
    )
    money = frame_table(numbers, "money", captions.money(paid, roles))
    return joined(_picture(view, drawing), money) if drawing else money


def show_repeats(view: View) -> Shown:
    """Pairs of parties met more than once, by pseudonym."""
    if not view.roles.parties:
        return absent(view, "parties")
    pairs = series.repeat_parties(view.records)
    titles = {
        "parties": "双方（代号）",
        "count": view.roles.number,
        "villages": "村（居）",
        "first": "最早",
        "last": "最近",
    }
    days = {name: pairs[name].map(lambda day: f"{day:%Y-%m-%d}") for name in ("first", "last")} if len(pairs) else {}
    return frame_table(pairs.assign(**days).rename(columns=titles), "repeats", captions.repeats(pairs))


def show_document(view: View, found: Sequence[Finding]) -> Any:
    """The document for publication; not of a part of the records, whose counts would tell what the whole hides, nor of a
    ledger of which the other papers do not know that it has one."""
    if view.ledger.id != LEDGER:
        return words(f"{view.ledger.title}的趋势只供内部分析，不生成公开的文件。")
    if not view.is_decided:
        return words("还没有统计，不知道其他材料公布了什么，不生成公开的文件。请先运行 02_statistics。")
    if view.narrowed:
        return words(f"只看{'、'.join(view.narrowed)}时不生成公开的文件。")
    document = compose(view, found)
    if view.listed is not None:
        said = {key for block in document.blocks for key in getattr(block, "says", None) or ()}
        check_document(document, view.listed | {key for key in said if is_finding(key)})
    return notebook_output.display(document)


def _months(records: Records) -> pd.DataFrame:
    """Index 1月 … 12月, a column a year; months to come are missing."""
    counts = series.by_month(records)["合计"] if len(records.rows) else pd.Series(dtype=int)
    names = {year: [counts.get(f"{year}-{month:02}") for month in range(1, 13)] for year in records.years}
    return pd.DataFrame(names, index=[f"{month}月" for month in range(1, 13)]).astype(float)


def _shown(view: View, draw: Any) -> Shown:
    return _nothing(view) if view.empty else _picture(view, draw())


def _picture(view: View, drawing: Drawing) -> Shown:
    block = drawing.block(f"{view.where}{span(view.records.years)}{view.ledger.title}")
    return Shown(notebook_output.preview(block), f"{drawing.caption}。{drawing.alt}")


def frame_table(frame: pd.DataFrame, name: str, caption: str = "") -> Shown:
    """A frame without its index as a table."""
    plain = frame.astype(object).where(frame.notna(), None)
    return table(frame.columns, [*plain.itertuples(index=False, name=None)], name, caption)


def joined(*parts: Shown) -> Shown:
    """One below the other."""
    return Shown("".join(part.html for part in parts), "\n".join(part.text for part in parts))


def _nothing(view: View) -> Shown:
    return words(f"{view.where}{span(view.records.years)}没有计入的{view.roles.counted}。")


ABSENT = {
    "village": "村（居）",
    "category": "类型",
    "source": "来源",
    "outcome": "结果",
    "closed": "办结日期和金额",
    "parties": "双方当事人",
    "office": "一个以上的报送科室",
    "handler": "经办人",
}


def absent(view: View, part: str) -> Shown:
    """That the ledger has no such part."""
    return words(f"{view.ledger.title}没有{ABSENT[part]}{'' if part == 'office' else '一列'}，此处不列。")


def words(text: str) -> Shown:
    """A line of text."""
    return Shown(f"<p>{escape(text)}</p>", text)
