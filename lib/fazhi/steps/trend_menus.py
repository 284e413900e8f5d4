"""Menus for an analyst in JupyterLab: choose a village, type, source and years, and the charts follow.

Only where a person is there to use them: menus have random names, and the executed notebook is the same every time.
"""

from dataclasses import replace
from typing import Any

from fazhi.documents.notebook_output import Shown
from fazhi.steps import trends
from fazhi.trend_report.selection import View

HINT = "在 JupyterLab 中运行本格，可以选村（居）、类型、来源和年份，图随之变化。"
ALL = ""


def is_live() -> bool:
    """Whether a front end asked for this cell: JupyterLab and its kin send the cell's id along, runners of notebooks do not."""
    from IPython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    return kernel is not None and "cellId" in (kernel.get_parent("shell") or {}).get("metadata", {})


def show_menus(view: View) -> Any:
    """The menus where someone can use them, otherwise a line that says where."""
    return menus(view) if is_live() and not view.empty else trends.words(HINT)


def menus(view: View) -> Any:
    """An ipywidgets box: a menu a column, the years, and the charts of what is chosen."""
    import ipywidgets as widgets

    records = view.records
    columns = [name for name in (view.place, "category", "source") if name in view.labels]
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
        shown.value = charts(part).html

    for menu in (*choices.values(), years):
        menu.observe(follow, names="value")
    follow()
    return widgets.VBox([widgets.HBox([*choices.values()]), years, shown])


def narrowed(view: View, years: tuple[int, int], only: dict[str, str]) -> View:
    """The view of some years and of one value of some columns."""
    records = view.records
    kept = tuple(year for year in records.years if years[0] <= year <= years[1])
    rows = records.rows[records.rows["year"].isin(kept)]
    for name, value in only.items():
        rows = rows[rows[name] == value]
    months = records.months if kept[-1] == records.years[-1] else 12
    return replace(view, records=replace(records, rows=rows.reset_index(drop=True), years=kept, months=months))


def charts(view: View) -> Shown:
    """What follows the menus."""
    shown = [
        name for name in ("place", "category", "source") if (view.place if name == "place" else name) in view.labels
    ]
    return trends.joined(trends.show_months(view), *(trends.show_by(view, name) for name in shown))
