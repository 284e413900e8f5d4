"""How long cases took and how much money was agreed, as far as it may be published."""

from dataclasses import dataclass

import pandas as pd

from fazhi.disclosure.dominance import FEWEST_FOR_MEDIAN
from fazhi.disclosure.offers import SHOWN, form_key
from fazhi.disclosure.published_series import Published, shown_key, trends_id
from fazhi.disclosure.published_tables import CLOSED, MONEY, SUM
from fazhi.trend_report import captioned_charts, captions
from fazhi.trend_report.captioned_charts import Drawing
from fazhi.trend_report.selection import View
from fazhi.trends import records


@dataclass(frozen=True)
class Closing:
    """Sentences and a chart about how cases were closed, and what they tell in the list of published statements."""

    sentences: list[str]
    says: tuple[str, ...]
    drawing: Drawing | None


def closing(view: View, published: Published) -> Closing:
    """Days and money of years with enough cases that a middle value is nobody's own; numbers of cases where they may be told."""
    roles, minimum = view.roles, FEWEST_FOR_MEDIAN if published.threshold > 1 else 1
    every, paid = records.settling(view.records), records.money(view.records)
    years = [year for year in published.years if year in every.index]
    days = every.loc[years]
    days = days[days["closed"] >= minimum]
    counted = CLOSED not in view.withheld and list(days.index[-1:]) == [view.records.years[-1]]
    sentences, says = [], [shown_key(CLOSED)] if counted else []
    if roles.closed and (len(days) or not every["closed"].any()):
        sentences.append(captions.days(days, roles, counted=counted))
    if roles.amount:
        money, of_money = _money(view, paid.loc[years], minimum)
        sentences, says = [*sentences, *money], [*says, *of_money]
    return Closing(sentences, tuple(says), captioned_charts.settling(days, roles, counted=counted))


def _money(view: View, paid: pd.DataFrame, minimum: int) -> tuple[list[str], list[str]]:
    """How much money was agreed in the last year, as far as it tells nobody's part, and what that says."""
    if not paid["agreements"].any():
        return [captions.money(paid, view.roles)], []
    last = paid.iloc[-1:]
    if SUM in view.withheld or last.index[-1] != view.records.years[-1] or last["agreements"].iloc[0] < minimum:
        return [], []
    counted = MONEY not in view.withheld
    return [captions.money(last, view.roles, counted=counted)], [form_key(trends_id(MONEY), SHOWN if counted else SUM)]
