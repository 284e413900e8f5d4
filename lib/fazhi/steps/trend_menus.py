"""Menus for an analyst in JupyterLab: choose a village, type, source, outcome and years, and the charts follow.

Only where a person is there to use them: menus have random names, and the executed notebook is the same every time.
"""

import base64
import sys
from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd

from fazhi.documents.notebook_output import Shown
from fazhi.steps import trends
from fazhi.steps.analysis import as_text
from fazhi.trend_report.selection import View

HINT = "在 JupyterLab 中运行本格，可以选村（居）、类型、来源、结果和年份，图随之变化。"
ALL = ""


def is_live() -> bool:
    """Whether a front end asked for this cell: JupyterLab and its kin send the cell's id along, runners of notebooks do not."""
    ipython = sys.modules.get("IPython")  # where nothing has loaded it, no front end asks
    kernel = getattr(ipython.get_ipython(), "kernel", None) if ipython else None
    return kernel is not None and "cellId" in (kernel.get_parent("shell") or {}).get("metadata", {})


def show_menus(view: View) -> Any:
    """The menus where someone can use them, otherwise a line that says where."""
    return menus(view) if is_live() and not view.empty else trends.words(HINT)


def menus(view: View) -> Any:
    """An ipywidgets box: a menu a column, the years, and the charts of what is chosen."""
    import ipywidgets as widgets

    records = view.records
    columns = [name for name in (view.place, "category", "source", "outcome") if name in view.labels]
    wide = {"description_width": "6em"}
    choices = {
        name: widgets.Dropdown(
            options=[("全部", ALL), *((value, value) for value in sorted(set(records.rows[name])))],
            description=view.labels[name], style=wide,
        )
        for name in columns
    }  # fmt: skip
    years = widgets.SelectionRangeSlider(
        options=records.years, index=(0, len(records.years) - 1), description="年度", style=wide
    )
    shown = widgets.HTML()

    def follow(_: Any = None) -> None:
        part = narrowed(view, years.value, {name: choice.value for name, choice in choices.items() if choice.value})
        shown.value = downloads(part) + charts(part).html

    for menu in (*choices.values(), years):
        menu.observe(follow, names="value")
    follow()
    box = widgets.Box([*choices.values()], layout={"flex_flow": "row wrap"})  # none runs off a narrow screen
    return widgets.VBox([box, years, shown])


def narrowed(view: View, years: tuple[int, int], only: dict[str, str]) -> View:
    """The view of some years and of one value of some columns."""
    records = view.records
    kept = tuple(year for year in records.years if years[0] <= year <= years[1])
    rows = records.rows[records.rows["year"].isin(kept)]
    for name, value in only.items():
        rows = rows[rows[name] == value]
    months = records.months if kept[-1] == records.years[-1] else 12
    return replace(view, records=replace(records, rows=rows.reset_index(drop=True), years=kept, months=months))


def downloads(view: View) -> str:
    """Links to what is shown: the counts as a table for Excel, and each chart as a picture."""
    text = "\ufeff" + counts(view).to_csv(index=False)
    links = [_link("数据（csv）", "text/csv", text.encode("utf-8"), "counts.csv")]
    links += [
        _link(f"{name}图（png）", "image/png", drawing.block("").as_png(), f"{drawing.id}.png")
        for name, drawing in zip(["各月", *_titles(view)], trends.drawings(view, shown_by(view)), strict=False)
    ]
    return f"<p>下载：{'　'.join(links)}</p><p>未经隐去，只供内部使用。</p>"


def _titles(view: View) -> list[str]:
    return [view.labels[view.place if name == "place" else name] for name in shown_by(view)]


def _link(title: str, kind: str, data: bytes, name: str) -> str:
    coded = base64.b64encode(data).decode("ascii")
    return f'<a download="{escape(name)}" href="data:{kind};base64,{coded}">{escape(title)}</a>'


def counts(view: View) -> pd.DataFrame:
    """What the charts show, a line a count: 分组, 名称, 年度, 数. A text that a spreadsheet would take for a formula is quoted."""
    rows = view.records.rows
    groups = {"month": "月份", **{name: label for name, label in view.inner_labels.items() if name != "town"}}
    parts = [
        rows.groupby([name, "year"])
        .size()
        .rename(view.roles.number)
        .rename_axis(["名称", "年度"])
        .reset_index()
        .assign(分组=label)
        for name, label in groups.items()
    ]
    found = pd.concat(parts, ignore_index=True)
    return found.assign(名称=found["名称"].map(as_text))[["分组", "名称", "年度", view.roles.number]]


def charts(view: View) -> Shown:
    """What follows the menus."""
    return trends.joined(trends.show_months(view), *(trends.show_by(view, name) for name in shown_by(view)))


def shown_by(view: View) -> list[str]:
    """The parts by which the ledger's rows are drawn."""
    names = ("place", "category", "source", "outcome")
    return [name for name in names if (view.place if name == "place" else name) in view.labels]
