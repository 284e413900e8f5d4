"""The roll-up's tables as sheets, for the workbook and for paper."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fazhi.cleaning.fate_labels import FATE_LABELS, FATES
from fazhi.dictionary.models import Indicator, Ledger, Specs
from fazhi.disclosure.suppression import periods, rest, shown_apart
from fazhi.district.comparison import MINIMUM_BASE, Total, compare
from fazhi.district.intervals import change_interval, change_p_value, verdict
from fazhi.district.results import Results
from fazhi.documents.tables import NOT_APPLICABLE, Cell, Field, Kind, Sheet, Typed
from fazhi.workspace.year_statistics import RATES

if TYPE_CHECKING:
    import pandas as pd

REST, TOTAL = rest("各镇"), "全区"
SOURCE = "各镇统计结果"
INTERNAL = "各镇的数照列，小于公布下限的也没有隐去，只供内部使用，不要公布。"
_NOT_ADDED = "不作合计"


def kind_of(spec: Indicator) -> Kind:
    """How an indicator's value is written."""
    if spec.measure in RATES:
        return "rate"
    return "money" if spec.unit == "元" else "decimal" if spec.decimals else "count"


def totals_sheet(results: Results, made: Sequence[Total]) -> Sheet:
    """Every indicator over the district, with how many towns it rests on."""
    year, count = results.year, len(results.towns)
    fields = [
        Field("指标"), Field("单位"), Field(f"{year}年", "count", _NOT_ADDED), Field("报数镇数", "count"),
        Field(f"{year - 1}年（可比）", "count"), Field("变化", "growth"), Field("变化单位", missing=NOT_APPLICABLE, paper=False), Field("可比镇数", "count", paper=False),
        Field("待核实行数", "count"), Field("代号", paper=False),
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = [
        [t.spec.label, t.spec.unit, Typed(t.value, kind_of(t.spec)) if t.value is not None else None, t.towns,
         Typed(t.last, kind_of(t.spec)), *_change(t.change, t.spec), t.both, t.open_rows, t.spec.id]
        for t in made
    ]  # fmt: skip
    notes = [
        f"共 {count} 个镇计入；“报数镇数”少于此数的，合计不全。",
        "比率由各镇的分子、分母分别相加后相除，不是各镇比率的平均；去重的数、最少的数和项数不能相加，不作合计。",
        "变化只比两年都有数的镇：数量为增减的百分比，比率为百分点。",
    ]
    return Sheet("district", "全区指标", fields, rows, notes, SOURCE)


def towns_sheet(results: Results, indicators: dict[str, Indicator]) -> Sheet:
    """Every indicator of every town: one row each."""
    year = results.year
    fields = [
        Field("指标"), Field("镇"), Field("单位"), Field(f"{year}年", "count"), Field(f"{year - 1}年", "count"), Field("变化", "growth"), Field("变化单位", missing=NOT_APPLICABLE, paper=False),
        Field("名次", "count", NOT_APPLICABLE), Field("分子", "decimal", NOT_APPLICABLE), Field("分母", "decimal", NOT_APPLICABLE),
        Field("区间下限", "rate", NOT_APPLICABLE), Field("区间上限", "rate", NOT_APPLICABLE), Field("判断", missing=NOT_APPLICABLE),
        Field("待核实行数", "count"), Field("代号"), Field("文件夹"),
    ]  # fmt: skip
    paths = {town.label: town.path for town in results.towns}
    rows: list[Sequence[Cell]] = []
    for spec in indicators.values():
        for row in _records(compare(results, spec)):
            base = [row["numerator"], row["denominator"]] if spec.measure in RATES else [None, None]
            rows.append(
                [spec.label, row["town"], spec.unit, *_values(row, spec), *_change(row["change"], spec), row["rank"], *base,
                 row["low"], row["high"], row["said"], row["open_rows"], spec.id, paths[row["town"]]]
            )  # fmt: skip
    return Sheet("towns", "各镇指标", fields, rows, [INTERNAL, *rank_notes()], SOURCE)


def rank_notes() -> list[str]:
    """What a rank says and what not."""
    return [
        "名次从大到小，相同的并列；数量的名次没有除以镇的大小，名次先后不等于工作好坏。",
        f"分母小于 {MINIMUM_BASE} 的比率不排名次。有待核实行的，更正后名次可能变动。",
        "判断：件数、次数与本镇上年比，比率与其余各镇合起来比。“偶然范围内”的差别不必找原因（95%）；“可能”可以看一看；"
        "没有这两个词的才明显（99.8%）。",
        "区间为比率的 95% 区间。一次检查中的隐患不互相独立，整改率的区间偏窄。",
    ]


def ranking_sheet(results: Results, spec: Indicator) -> Sheet:
    """One indicator's towns in order, for paper."""
    rate = spec.measure in RATES
    fields = [
        Field("名次", "count", "—"), Field("镇"), Field(f"{results.year}年", "count"), Field(f"{results.year - 1}年", "count"),
        Field("变化", "growth"), *([Field("95% 区间", missing=NOT_APPLICABLE)] if rate else []),
        Field("与其余各镇比" if rate else "与上年比", missing=NOT_APPLICABLE), Field("待核实", "count"),
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = [
        [row["rank"], row["town"], *_values(row, spec), _change(row["change"], spec)[0],
         *([_interval(row)] if rate else []), row["said"], row["open_rows"]]
        for row in _records(compare(results, spec))
    ]  # fmt: skip
    return Sheet(
        spec.id, f"{spec.label}（{spec.unit}）", fields, rows, [spec.caveat] if spec.caveat else [], group="各镇指标"
    )


def _interval(row: dict[str, Any]) -> str | None:
    return None if row["low"] is None else f"{row['low'] * 100:.0f}%–{row['high'] * 100:.0f}%"


def _change(change: float | None, spec: Indicator) -> tuple[Cell, Cell]:
    """A change and its unit: points of a rate, else percent."""
    if change is None:
        return None, None
    return (Typed(change, "points"), "百分点") if spec.measure in RATES else (change, "%")


def _values(row: dict[str, Any], spec: Indicator) -> list[Cell]:
    return [Typed(row["value"], kind_of(spec)), Typed(row["previous"], kind_of(spec))]


def _records(frame: "pd.DataFrame") -> Iterator[dict[str, Any]]:
    """Rows with whole numbers as int and None where there is none."""
    plain: list[dict[str, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[assignment]
    for row in plain:
        yield {
            name: int(v) if isinstance(v, float) and v.is_integer() and abs(v) < 2**53 else v for name, v in row.items()
        }


# --- disputes ----------------------------------------------------------------------------------------------------------


def disputes_sheet(results: Results) -> Sheet:
    """Each town's disputes against its last year, with the interval that chance gives, and the district's own."""
    year = results.year
    fields = [
        Field("镇"), Field(f"{year}年", "count"), Field(f"{year - 1}年", "count"), Field("变化", "growth"),
        Field("区间下限", "growth", NOT_APPLICABLE), Field("区间上限", "growth", NOT_APPLICABLE), Field("判断"),
    ]  # fmt: skip
    counts = results.months.pivot_table(index="town", columns="year", values="cases", aggfunc="sum", fill_value=0)
    counts = counts.reindex(columns=[year, year - 1]).dropna()
    both = counts[(counts > 0).all(axis=1)]
    both = both.loc[both[year].sort_values(ascending=False, kind="stable").index]
    if len(both) > 1:
        both.loc[TOTAL] = both.sum()
    rows = [_change_row(str(town), float(row[year]), float(row[year - 1])) for town, row in both.iterrows()]
    notes = [
        "只列两年都有纠纷台账的镇；按受理日期计入年度。",
        "两年件数都当作偶然波动的计数（泊松），区间为 95%；“偶然范围内”的增减不必找原因。",
    ]
    return Sheet("disputes", "各镇纠纷较上年", fields, rows, notes, "各镇矛盾纠纷调解台账")


def _change_row(town: str, now: float, before: float) -> list[Cell]:
    import numpy as np

    a, b = np.array([now]), np.array([before])
    (low,), (high,) = change_interval(a, b)
    said = verdict(float(change_p_value(a, b)[0]), "增加" if now > before else "减少")
    return [town, int(now), int(before), (now - before) / before, float(low), float(high), said]


def months_sheet(results: Results) -> Sheet | None:
    """Disputes by month and town; towns with small months together, so that no month of theirs can be told. None where
    nothing is left to show."""
    now = results.months[results.months["year"] == results.year]
    table = now.pivot_table(index="town", columns="month", values="cases", aggfunc="sum", fill_value=0)
    table = table.reindex(columns=range(1, 13), fill_value=0)
    apart = shown_apart(table, results.suppress_below)
    if apart is None or table.empty:
        return None
    rows: list[list[Cell]] = [[town, *_whole(table.loc[town])] for town in sorted(apart)]
    if len(apart) < len(table):
        rows.append([REST, *_whole(table.drop(index=apart).sum())])
    if len(table) > 1:
        rows.append([TOTAL, *_whole(table.sum())])
    fields = [Field("镇"), *(Field(f"{month}月", "count") for month in range(1, 13)), Field("全年", "count")]
    notes = [f"有的月份少于 {results.suppress_below} 件的镇合在“{REST}”。"] if len(apart) < len(table) else []
    return Sheet("months", f"{results.year}年各镇纠纷按月", fields, rows, notes, "各镇矛盾纠纷调解台账")


def _whole(counts: "pd.Series") -> list[Cell]:
    return [*map(int, counts), int(counts.sum())]


def district_months(results: Results) -> "pd.DataFrame | None":
    """The district's disputes by month (or quarter, where a month is small), a column a year; only the towns that have
    both years, None where there is nothing to show."""
    frame = results.months
    years = frame.groupby("town")["year"].nunique()
    frame = frame[frame["town"].isin(years[years == 2].index)]
    if frame.empty:
        return None
    table = frame.pivot_table(index="month", columns="year", values="cases", aggfunc="sum", fill_value=0)
    return periods(table.reindex(range(1, 13), fill_value=0).astype(int), results.suppress_below)


# --- coverage and quality ----------------------------------------------------------------------------------------------


def coverage_sheet(results: Results, specs: Specs) -> Sheet:
    """Each ledger: how many towns have it, which have not; an optional one only where a town has it."""
    fields = [Field("台账"), Field("有的镇数", "count"), Field("缺的镇数", "count"), Field("缺的镇", missing="无")]
    known = set(results.ledgers["ledger"])
    shown = [ledger for name, ledger in specs.ledgers.items() if name in known or not ledger.optional]
    rows = [_coverage(results, ledger) for ledger in shown]
    return Sheet("coverage", "台账报送", fields, rows, ["缺台账的镇，相应指标没有数，不等于 0。"], SOURCE)


def _coverage(results: Results, ledger: Ledger) -> list[Cell]:
    mine = results.ledgers[results.ledgers["ledger"] == ledger.id]
    lacking = sorted(mine[mine["status"] == "missing"]["town"])
    return [ledger.title, len(mine) - len(lacking), len(lacking), "、".join(lacking) or None]


def quality_sheet(results: Results) -> Sheet:
    """Each town: what became of its rows, refused files, open questions."""
    fields = [Field("镇"), Field("缺台账", "count"), Field("读到", "count")]
    fields += [Field(label, "count") for label in FATE_LABELS.values()]
    fields += [Field("读不了的文件", "count"), Field("须处理", "count"), Field("请核实", "count")]
    fates = results.ledgers.groupby("town")[["read", *FATES]].sum()
    missing = results.ledgers[results.ledgers["status"] == "missing"].groupby("town").size()
    asked = results.questions
    refused = asked[asked["kind"] == "file_refused"].groupby("town")["questions"].sum()
    by_severity = [asked[asked["severity"] == name].groupby("town")["questions"].sum() for name in ("error", "warning")]
    rows: list[list[Cell]] = [
        [
            town,
            int(missing.get(town, 0)),
            *map(int, fates.loc[town]),
            *(int(c.get(town, 0)) for c in (refused, *by_severity)),
        ]
        for town in results.labels
    ]
    notes = ["“读到”等于其后六栏之和。待核实的行退回填报单位，更正前不计入。"]
    return Sheet("quality", "各镇台账质量", fields, rows, notes, SOURCE)
