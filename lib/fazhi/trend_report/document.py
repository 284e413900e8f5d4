"""The trends as a document that may be published: findings, charts and tables of published counts, method and limits."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from fazhi.dictionary.trend_roles import TrendRoles
from fazhi.disclosure.published_series import ALL, PERIODS, Line, Published
from fazhi.disclosure.suppression import REST
from fazhi.documents.model import Document, Heading, Listing, Table
from fazhi.trend_report import captioned_charts, captions
from fazhi.trend_report.captioned_charts import COUNTERS, Drawing
from fazhi.trend_report.closing import closing
from fazhi.trend_report.explorer import explorer
from fazhi.trend_report.parts import listed, measured, paragraph, says, table
from fazhi.trend_report.public_findings import PublicFinding, public_findings, published_of
from fazhi.trend_report.publishable import steps_of
from fazhi.trend_report.selection import View, span
from fazhi.trends import control_chart
from fazhi.trends.finding import Finding
from fazhi.trends.forecast import forecast
from fazhi.trends.monthly_counts import grid

NUMERALS = "一二三四五六七八九十"
_LIMITS = (
    "控制限为均值加减2.66倍平均移动极差；带框的点有信号：超出控制限、连续7点在均值同侧、连续7点升降，或三点中有两点接近控制限。"
    "信号只提示看哪里，不等于发现。"
)
METHOD = (
    "按{date}计入年度；作废、重复、非本年和待核实的行不计。",
    "{number}少，逐月{each}的升降多属偶然；只有检验表明难以用偶然解释的，才列为发现，并写明把握。",
    "发现是提问，不是结论：原因要由{where}核实。",
)


def compose(view: View, found: Sequence[Finding]) -> Document:
    """The document; without rows it says so."""
    published = published_of(view)
    unit = view.towns[0].settings.unit
    meta = {
        "title": f"{view.where}{span(view.records.years)}{view.roles.counted}趋势",
        "year": view.year,
        "town": view.where,
        "fonts": dict(unit.fonts),
        "suppress_below": view.threshold,
    }
    return Document(meta=meta, blocks=list(_blocks(view, published, public_findings(view, published, found), found)))


def _blocks(view: View, published: Published, public: Sequence[PublicFinding], every: Sequence[Finding]) -> list[Any]:
    words = view.roles
    if view.empty or published.whole is None:
        why = (
            f"没有{view.ledger.title}，或台账中没有计入的行"
            if view.empty
            else f"各年{words.number}都少于公布下限（{published.threshold}{words.counter}）"
        )
        return [paragraph(f"{why}，没有可以公布的趋势。")]
    found, nothing = [one.finding for one in public], _nothing(view, published, every)
    labels = view.labels
    crossed = [labels[name] for name in (view.place, "category") if name in labels]
    sections: list[tuple[str, list[Any]]] = [
        (
            "主要发现",
            [
                paragraph(_population(view, published), says(ALL)),
                explorer(view, published, public, nothing),
                *_notes([one for one in public if one.sentence != nothing]),
            ],
        ),
        ("数量和时间", _over_time(view, published, found)),
        *((labels[name], _by(view, published, name)) for name in (view.place, "category") if name in labels),
        *([("与".join(crossed), _crossing(view, published, found))] if len(crossed) == 2 else []),
        *((labels[name], _by(view, published, name)) for name in ("source", "outcome") if name in labels),
        (captions.closing_title(words), _closing(view, published)),
        ("下一年", _ahead(view, published, found)),
        ("做法和局限", [Listing(items=(*_method(view), _rule(view, published)))]),
    ]
    kept = [(title, blocks) for title, blocks in sections if blocks]
    numbered = ([Heading(level=1, text=f"{NUMERALS[n]}、{title}"), *blocks] for n, (title, blocks) in enumerate(kept))
    return [block for blocks in numbered for block in blocks]


def _nothing(view: View, published: Published, found: Sequence[Finding]) -> str:
    """What stands where no finding may be told: why, in words that agree with the charts below."""
    if len(view.records.years) == 1:
        return next((one.sentence for one in found if one.kind == "change"), "")
    if any(one.claims and one.kind != "forecast" for one in found):
        return "有变化或须核实之处，因涉及小的数，或尚待核实，不在此列出。"
    whole = published.whole
    row, steps = _in_a_row(view, whole, found) if whole and whole.step < 12 else (pd.Series(dtype=int), [])
    if control_chart.chart([float(value) for value in row], steps).signals:
        return "经检验没有超出偶然波动的变化；控制图上有信号，只提示看哪里，不等于发现。"
    return "没有发现超出偶然波动的变化。"


def _population(view: View, published: Published) -> str:
    rows = view.records.rows
    count = int(rows["year"].isin(published.years).sum())
    sentence = f"本文统计{view.where}{span(published.years)}{view.roles.event}并计入台账的{view.roles.counted}{count}{view.roles.counter}。"
    if view.records.months < 12:
        sentence += f"{view.records.years[-1]}年只到{view.records.months}月。"
    if published.withheld:
        sentence += f"{span(published.withheld)}{view.roles.number}少于公布下限，未列。"
    return sentence


def _method(view: View) -> tuple[str, ...]:
    where = f"{view.labels['village']}和{view.ledger.office}" if "village" in view.labels else view.ledger.office
    each = "逐村" if "village" in view.labels else ""
    return tuple(line.format(date=_date(view), where=where, number=view.roles.number, each=each) for line in METHOD)


def _date(view: View) -> str:
    """The title of the date by which rows are counted."""
    return view.ledger.columns[view.roles.date].label


def _rule(view: View, published: Published) -> str:
    labels, number = view.labels, view.roles.number
    if published.threshold < 2:
        return f"本文没有隐去小的{number}。"
    crossed = (
        f"；{labels['village']}与{labels['category']}交叉的{number}只列各年合计，小的和会推算出小数的一并隐去"
        if {"village", "category"} <= set(labels)
        else ""
    )
    left_out = "、".join(labels[name] for name in labels if name in view.withheld)
    withheld = f"按{left_out}列出的{number}会透露这样的数，未列。" if left_out else ""
    return f"少于{published.threshold}{view.roles.counter}的数不公布：{number}少的类别合为“其余”，时段合为季度、半年或全年{crossed}。{withheld}"


def _notes(public: Sequence[PublicFinding]) -> list[Any]:
    """What was looked at and claims nothing; the forecast has its own place."""
    notes = [one for one in public if not one.finding.claims and one.finding.kind != "forecast"]
    if not notes:
        return []
    keys = tuple(one.key for one in notes)
    if len(notes) == 1:
        return [paragraph(f"没有超出偶然波动，或不能下结论的：{notes[0].sentence}", keys)]
    return [
        paragraph("以下各项没有超出偶然波动，或不能下结论："),
        Listing(items=tuple(one.sentence for one in notes), says=keys),
    ]


# --- sections --------------------------------------------------------------------------------------------------------


def _over_time(view: View, published: Published, found: Sequence[Finding]) -> list[Any]:
    whole = published.whole
    assert whole is not None
    source, unit = _source(view, published, _date(view)), view.roles.counter
    told = says(ALL)
    course = f"{captions.course(whole.total(), unit)}。"
    blocks: list[Any] = [paragraph(course, told, "trends-years", "trends-seasons", "by-period")]
    if whole.step == 12:
        return [*blocks, captioned_charts.years(whole.total(), unit).block(source, told)]
    periods = pd.DataFrame(whole.values, index=PERIODS[whole.step])
    blocks += [captioned_charts.seasons(periods, unit).block(source, told), _periods_table(periods, source, view.roles)]
    row, steps = _in_a_row(view, whole, found)
    return [
        *blocks,
        paragraph(_LIMITS, None, "trends-control"),
        captioned_charts.control(row, unit, steps).block(source, told),
    ]


def _in_a_row(view: View, whole: Line, found: Sequence[Finding]) -> tuple[pd.Series, list[int]]:
    """All published periods that are over, one after the other, and the positions of steps among them."""
    last = view.records.years[-1], view.records.months
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
    sentence = next((finding.sentence for finding in found if finding.kind == "forecast"), "")
    if not sentence or len(view.towns) > 1:
        return []
    made = forecast(grid(view.records, "village"))
    if made is None or not made.shown:
        return [paragraph(sentence, ())]
    whole = published.whole
    shown = whole is not None and whole.step == 1
    last = pd.Series(whole.values[published.years[-1]], index=range(1, 13)) if whole and shown else None
    drawing = captioned_charts.forecast(made, f"{made.year}年各月{view.roles.number}预测", last, view.roles.counter)
    text = paragraph(sentence.replace("（各月见图）", ""), (), drawing.id)
    return [text, drawing.block(_source(view, published, _date(view)), says(ALL))]


def _periods_table(periods: pd.DataFrame, source: str, words: TrendRoles) -> Table:
    rows = [(str(name), *(str(count) for count in counts)) for name, *counts in periods.itertuples()]
    total = ("合计", *(str(count) for count in periods.sum()))
    return table(
        "by-period",
        f"各时段{measured(words)}",
        ["时段", *(f"{year}年" for year in periods)],
        [*rows, total],
        source,
        says(ALL),
    )


def _by(view: View, published: Published, dimension: str) -> list[Any]:
    by_year = published.by_year(dimension)
    if by_year.empty:
        return []
    label = view.labels[dimension]
    source = _source(view, published, label)
    drawing, told = _drawing(by_year, dimension, view), says(dimension)
    several = by_year.shape[1] > 1  # of one year the sum is the same once more
    summed = by_year.assign(合计=by_year.sum(axis=1)) if several else by_year
    rows = [(str(name), *map(str, counts)) for name, *counts in summed.itertuples()]
    heads = [label, *(f"{year}年" for year in by_year), *(["合计"] if several else [])]
    made = table(
        f"by-{dimension}", f"各{label}{measured(view.roles)}", heads, [*rows, ("合计", *map(str, summed.sum()))], source, told
    )  # fmt: skip
    course = paragraph(f"{_course_of_top(by_year, dimension, view)}。", told, drawing.id, made.id)
    return [course, drawing.block(source, told), made]


def _crossing(view: View, published: Published, found: Sequence[Finding]) -> list[Any]:
    """All years together; nothing where hardly a cell may be shown."""
    counts = published.crossed.counts
    if counts.size < 4 or counts.isna().to_numpy().mean() > 0.5:
        return []
    hot = [(one.town if view.place == "town" else one.village, one.category) for one in found if one.kind == "hotspot"]
    marked = [(str(place), str(kind)) for place, kind in hot if published.crossed.tells(str(place), str(kind))]
    text = f"{span(published.years)}合计。“·”处少于{published.threshold}{view.roles.counter}，或与之相连，不公布。"
    drawing = captioned_charts.crossing(counts, marked, view.place, view.roles.counter)
    return [
        paragraph(text, None, drawing.id),
        drawing.block(
            _source(view, published, f"{view.labels[view.place]}和{view.labels['category']}"),
            says(view.place, "category"),
        ),
    ]


def _drawing(by_year: pd.DataFrame, dimension: str, view: View) -> Drawing:
    draw = captioned_charts.panels if dimension == view.place else captioned_charts.bars
    return draw(by_year, dimension, view.labels[dimension], view.roles.counter)


def _course_of_top(by_year: pd.DataFrame, dimension: str, view: View) -> str:
    """Over all years: which has most, and how that one went."""
    sums, label, unit = by_year.sum(axis=1), view.labels[dimension], view.roles.counter
    sentence = f"合计{captions.most(sums, COUNTERS[dimension], unit, label)}"
    apart = sums.drop(index=REST, errors="ignore")
    top = apart.index[apart == apart.max()]
    return (
        f"{sentence}；{captions.course(by_year.loc[top[0]], unit)}"
        if len(top) == 1 and by_year.shape[1] > 1
        else sentence
    )


def _closing(view: View, published: Published) -> list[Any]:
    """Days and money by year."""
    roles, columns = view.roles, view.ledger.columns
    if not (roles.closed or roles.amount):
        return []
    titles = [columns[name].label for name in (roles.date, roles.closed, roles.amount) if name]
    part = closing(view, published)
    blocks: list[Any] = (
        [paragraph("".join(f"{text}。" for text in part.sentences), part.says, "trends-days")] if part.sentences else []
    )
    source = _source(view, published, listed(titles))
    return [*blocks, part.drawing.block(source, part.says)] if part.drawing else blocks


def _source(view: View, published: Published, column: str) -> str:
    return f"{view.ledger.office}{span(published.years)}{view.ledger.title}，按{column}"
