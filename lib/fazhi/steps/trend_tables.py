"""Tables of notebook 04 for the analyst alone: who deals with the rows, and two years side by side."""

import pandas as pd

from fazhi.documents.notebook_output import Shown
from fazhi.number_words import count, percent
from fazhi.steps.trends import absent, frame_table, words
from fazhi.trend_report.selection import View, span
from fazhi.trends import records

MOST = 30  # of those who deal with rows


def show_handlers(view: View) -> Shown:
    """Who deals with the rows, by pseudonym: how many a year, where, with what success."""
    if not view.roles.handler:
        return absent(view, "handler")
    every = records.by_handler(view.records)
    found = every.head(MOST)
    label = view.ledger.columns[view.roles.handler].label
    titles: dict[int | str, str] = {year: f"{year}年" for year in view.records.years}
    titles |= {"count": "合计", "places": "村（居）", "rate": view.roles.rate}
    shown = found.assign(rate=found["rate"].map(lambda share: "" if pd.isna(share) else percent(share)))
    numbers = shown.rename(columns=titles).rename_axis(f"{label}（代号）").reset_index()
    cut = f"，列出{view.roles.number}最多的{MOST}名" if len(every) > MOST else ""
    return frame_table(numbers, "handlers", f"{len(every)}名{label}{cut}，只有代号")


def show_two_years(view: View) -> Shown:
    """The last two years in view side by side, by all that the ledger is counted by."""
    told = view.records
    if view.empty or len(told.years) < 2:
        return words(f"{span(told.years)}中没有两年可比。")
    before, after = told.years[-2:]
    parts = [
        records.two_years(told, name, before, after).rename_axis("名称").reset_index().assign(分组=label)
        for name, label in view.inner_labels.items()
        if name != "town" or view.place == "town"
    ]
    every = pd.concat(parts, ignore_index=True)
    times = [f"{count(float(ratio), '倍', 2)}" if pd.notna(ratio) else "" for ratio in every["times"]]
    titles = {before: f"{before}年", after: f"{after}年", "more": "增减", "times": "为前者的"}
    shown = every.assign(times=times)[["分组", "名称", before, after, "more", "times"]].rename(columns=titles)
    cut = f"（{after}年只到{told.months}月）" if after == told.years[-1] and told.months < 12 else ""
    return frame_table(shown, "two-years", f"{before}年与{after}年{cut}，{view.roles.number}（{view.roles.counter}）")
