"""The trends as a document that may be published: findings, charts and tables of published counts, method and limits."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from fazhi.disclosure.published_series import PERIODS, STEPS, Line, Published
from fazhi.disclosure.suppression import REST
from fazhi.documents.model import Column, Document, Explorer, Heading, Listing, Paragraph, Run, Table, Told
from fazhi.trend_report import captioned_charts, captions
from fazhi.trend_report.captioned_charts import COUNTERS, Drawing
from fazhi.trend_report.publishable import may_be_told, steps_of
from fazhi.trend_report.selection import LABELS, View, span
from fazhi.trends import disputes
from fazhi.trends.finding import SURENESS, Finding
from fazhi.trends.forecast import forecast
from fazhi.trends.monthly_counts import grid

NUMERALS = "一二三四五六七八九十"
_LIMITS = (
    "控制限为均值加减2.66倍平均移动极差；带框的点有信号：超出控制限、连续7点在均值同侧、连续7点升降，或三点中有两点接近控制限。"
    "信号只提示看哪里，不等于发现。"
)
METHOD = (
    "按受理日期计入年度；作废、重复、非本年和待核实的行不计。",
    "件数少，逐月逐村的升降多属偶然；只有检验表明难以用偶然解释的，才列为发现，并写明把握。",
    "发现是提问，不是结论：原因要由村（居）和司法所核实。",
)


def compose(view: View, found: Sequence[Finding]) -> Document:
    """The document; without rows it says so."""
    published = view.published()
    unit = view.towns[0].settings.unit
    meta = {
        "title": f"{view.where}{span(view.disputes.years)}矛盾纠纷趋势",
        "year": view.year,
        "town": view.where,
        "fonts": dict(unit.fonts),
        "suppress_below": view.threshold,
    }
    return Document(meta=meta, blocks=list(_blocks(view, published, found)))


def _blocks(view: View, published: Published, found: Sequence[Finding]) -> list[Any]:
    if view.empty or published.whole is None:
        why = (
            "没有矛盾纠纷调解台账，或台账中没有计入的行"
            if view.empty
            else f"各年件数都少于公布下限（{published.threshold}件）"
        )
        return [_paragraph(f"{why}，没有可以公布的趋势。")]
    sections: list[tuple[str, list[Any]]] = [
        (
            "主要发现",
            [
                _paragraph(_population(view, published)),
                _explorer(view, published, found),
                *_notes(view, published, found),
            ],
        ),
        ("数量和时间", _over_time(view, published, found)),
        *((LABELS[name], _by(view, published, name)) for name in (view.place, "category")),
        (f"{LABELS[view.place]}与{LABELS['category']}", _crossing(view, published, found)),
        *((LABELS[name], _by(view, published, name)) for name in ("source", "outcome")),
        ("办理时间和金额", _closing(view, published)),
        ("下一年", _ahead(view, published, found)),
        ("做法和局限", [Listing(items=(*METHOD, _rule(published)))]),
    ]
    kept = [(title, blocks) for title, blocks in sections if blocks]
    numbered = ([Heading(level=1, text=f"{NUMERALS[n]}、{title}"), *blocks] for n, (title, blocks) in enumerate(kept))
    return [block for blocks in numbered for block in blocks]


def _population(view: View, published: Published) -> str:
    rows = view.disputes.rows
    count = int(rows["year"].isin(published.years).sum())
    told = f"本文统计{view.where}{span(published.years)}受理并计入台账的矛盾纠纷{count}件。"
    if view.disputes.months < 12:
        told += f"{view.disputes.years[-1]}年只到{view.disputes.months}月。"
    if published.withheld:
        told += f"{span(published.withheld)}件数少于公布下限，未列。"
    return told


def _rule(published: Published) -> str:
    if published.threshold < 2:
        return "本文没有隐去小的件数。"
    return (
        f"少于{published.threshold}件的数不公布：件数少的类别合为“其余”，时段合为季度、半年或全年；"
        f"{LABELS['village']}与{LABELS['category']}交叉的件数只列各年合计，小的和会推算出小数的一并隐去。"
    )


# --- findings and the counts to choose among -----------------------------------------------------------------------


def _explorer(view: View, published: Published, found: Sequence[Finding]) -> Explorer:
    told = [
        _told(finding, view, published) for finding in found if finding.claims and may_be_told(finding, view, published)
    ]
    none = Told(sentence="没有发现超出偶然波动的变化。")
    note = (
        "合计等于各部分之和。件数少的时段和类别已合在一起；两个条件同时选的件数不公布，选一个条件时其他条件恢复为全部。"
    )
    return Explorer(findings=tuple(told or [none]), data=explorer_data(view, published), note=note)


def _notes(view: View, published: Published, found: Sequence[Finding]) -> list[Any]:
    """What was looked at and claims nothing; the forecast has its own place."""
    told = [
        one.sentence for one in found if not one.claims and one.kind != "forecast" and may_be_told(one, view, published)
    ]
    return [_paragraph("以下各项没有超出偶然波动，或不能下结论："), Listing(items=tuple(told))] if told else []


def _told(finding: Finding, view: View, published: Published) -> Told:
    return Told(
        sentence=finding.sentence, sureness=f"把握：{SURENESS[finding.sureness]}", link=_link(finding, view, published)
    )


def _link(finding: Finding, view: View, published: Published) -> str:
    """What to choose to see the finding; nothing where it is about what has no line of its own."""
    place = finding.town if view.place == "town" else finding.village
    wanted = {view.place: place, "category": finding.category, "source": finding.source}
    wanted = {key: name for key, name in wanted.items() if name}
    shown = [(line.dimension, line.name) for line in published.lines]
    first = next(((key, name) for key, name in wanted.items() if (key, name) in shown), None)
    if wanted and first is None:
        return ""
    chosen = dict([first]) if first else {}
    return "#" + urlencode({**chosen, "from": published.years[0], "to": published.years[-1]})


def explorer_data(view: View, published: Published) -> dict[str, Any]:
    """What the page lets a reader choose among: the published counts and nothing else."""
    names = (view.place, "category", "source", "outcome")
    return {
        "where": view.where,
        "years": list(published.years),
        "periods": {str(step): PERIODS[step] for step in STEPS},
        "dimensions": [{"key": name, "label": LABELS[name]} for name in names if published.of(name)],
        "lines": [
            {
                "d": line.dimension,
                "n": line.name,
                "s": line.step,
                "v": {str(year): n for year, n in line.values.items()},
            }
            for line in published.lines
        ],
    }


# --- sections --------------------------------------------------------------------------------------------------------


def _over_time(view: View, published: Published, found: Sequence[Finding]) -> list[Any]:
    whole = published.whole
    assert whole is not None
    source = _source(view, published, "受理日期")
    blocks: list[Any] = [_paragraph(f"{captions.course(whole.total())}。")]
    if whole.step == 12:
        return [*blocks, captioned_charts.years(whole.total()).block(source)]
    periods = pd.DataFrame(whole.values, index=PERIODS[whole.step])
    blocks += [captioned_charts.seasons(periods).block(source), _periods_table(periods, source)]
    return [*blocks, _paragraph(_LIMITS), captioned_charts.control(*_in_a_row(view, whole, found)).block(source)]


def _in_a_row(view: View, whole: Line, found: Sequence[Finding]) -> tuple[pd.Series, list[int]]:
    """All published periods that are over, one after the other, and the positions of steps among them."""
    last = view.disputes.years[-1], view.disputes.months
    periods = {
        (year, part): count
        for year, counts in whole.values.items()
        for part, count in enumerate(counts)
        if (year, (part + 1) * whole.step) <= last
    }
    starts = [f"{year}-{part * whole.step + 1:02}" for year, part in periods]
    names = [f"{year}年{PERIODS[whole.step][part]}" for year, part in periods]
    return pd.Series(list(periods.values()), index=names, dtype=int), steps_of(found, starts)


def _ahead(view: View, published: Published, found: Sequence[Finding]) -> list[Any]:
    """Next year by month, or the sentence that says why there is none."""
    told = next((finding.sentence for finding in found if finding.kind == "forecast"), "")
    if not told or len(view.towns) > 1:
        return []
    made = forecast(grid(view.disputes, "village"))
    if made is None or not made.shown:
        return [_paragraph(told)]
    whole = published.whole
    shown = whole is not None and whole.step == 1
    last = pd.Series(whole.values[published.years[-1]], index=range(1, 13)) if whole and shown else None
    return [captioned_charts.forecast(made, told.rstrip("。"), last).block(_source(view, published, "受理日期"))]


def _periods_table(periods: pd.DataFrame, source: str) -> Table:
    rows = [(str(name), *(str(count) for count in counts)) for name, *counts in periods.itertuples()]
    total = ("合计", *(str(count) for count in periods.sum()))
    return _table("各时段受理件数（件）", ["时段", *(f"{year}年" for year in periods)], [*rows, total], source)


def _by(view: View, published: Published, dimension: str) -> list[Any]:
    by_year = published.by_year(dimension)
    if by_year.empty:
        return []
    source = _source(view, published, LABELS[dimension])
    drawing = _drawing(by_year, dimension, view.place)
    rows = [(str(name), *(str(n) for n in counts), str(sum(counts))) for name, *counts in by_year.itertuples()]
    totals = list(by_year.sum())
    heads = [LABELS[dimension], *(f"{year}年" for year in by_year), "合计"]
    table = _table(
        f"各{LABELS[dimension]}受理件数（件）", heads, [*rows, ("合计", *map(str, totals), str(sum(totals)))], source
    )
    return [_paragraph(f"{_course_of_top(by_year, dimension)}。"), drawing.block(source), table]


def _crossing(view: View, published: Published, found: Sequence[Finding]) -> list[Any]:
    """All years together; nothing where hardly a cell may be shown."""
    counts = published.crossed.counts
    if counts.size < 4 or counts.isna().to_numpy().mean() > 0.5:
        return []
    hot = [(one.town if view.place == "town" else one.village, one.category) for one in found if one.kind == "hotspot"]
    marked = [(str(place), str(kind)) for place, kind in hot if published.crossed.tells(str(place), str(kind))]
    text = f"{span(published.years)}合计。“·”处少于{published.threshold}件，或与之相连，不公布。"
    drawing = captioned_charts.crossing(counts, marked, view.place)
    return [_paragraph(text), drawing.block(_source(view, published, f"{LABELS[view.place]}和{LABELS['category']}"))]


def _drawing(by_year: pd.DataFrame, dimension: str, place: str) -> Drawing:
    return (
        captioned_charts.panels(by_year, dimension) if dimension == place else captioned_charts.bars(by_year, dimension)
    )


def _course_of_top(by_year: pd.DataFrame, dimension: str) -> str:
    """Over all years: which has most, and how that one went."""
    sums = by_year.sum(axis=1)
    told = f"合计{captions.most(sums, COUNTERS[dimension], kind=LABELS[dimension])}"
    apart = sums.drop(index=REST, errors="ignore")
    top = apart.index[apart == apart.max()]
    return f"{told}；{captions.course(by_year.loc[top[0]])}" if len(top) == 1 and by_year.shape[1] > 1 else told


def _closing(view: View, published: Published) -> list[Any]:
    """Days and money by year, of years whose counts are not small."""
    least, years = published.threshold, list(published.years)
    days, paid = disputes.settling(view.disputes).reindex(years), disputes.money(view.disputes).reindex(years)
    days = days[days["closed"] >= max(least, 1)]
    paid = paid[paid["agreements"] >= max(least, 1)]
    source = _source(view, published, "受理日期、结案日期和协议金额")
    drawing = captioned_charts.settling(days)
    blocks: list[Any] = [_paragraph(f"{captions.days(days)}。{captions.money(paid)}。")]
    return [*blocks, drawing.block(source)] if drawing else blocks


def _source(view: View, published: Published, column: str) -> str:
    ledger = view.towns[0].ledger("disputes")
    return f"{ledger.office}{span(published.years)}{ledger.title}，按{column}"


def _paragraph(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text=text),))


def _table(caption: str, heads: Sequence[str], rows: Sequence[tuple[str, ...]], source: str) -> Table:
    columns = [Column(title=head, align="right" if place else "left") for place, head in enumerate(heads)]
    return Table(caption=caption, columns=tuple(columns), rows=tuple(rows), source=source)
