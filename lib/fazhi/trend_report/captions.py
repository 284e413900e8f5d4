"""What a chart shows, as one sentence chosen from its numbers by rule: true for any numbers, zeros and ties included."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from fazhi.dictionary.trend_roles import TrendRoles
from fazhi.disclosure.suppression import REST
from fazhi.documents.scales import number
from fazhi.number_words import rate
from fazhi.trends.wording import yuan

_NAMED = 3  # at most so many names in a sentence


def named(names: Sequence[str], counter: str) -> str:
    """A、B, or A、B、C等5个."""
    return "、".join(names[:_NAMED]) + (f"等{len(names)}{counter}" if len(names) > _NAMED else "")


def most(counts: pd.Series, counter: str, unit: str, kind: str = "类别") -> str:
    """Which group has most; ties are named together. `counter` is the measure word of groups (个, 类), `unit` that of what is
    counted, `kind` what the groups are.

    What was drawn together (`REST`) counts in the sum, but is no group that could lead.
    """
    counts = counts[counts > 0]
    apart = counts.drop(index=REST, errors="ignore")
    if apart.empty:
        return "没有记录" if counts.empty else f"共{number(counts.sum())}{unit}，没有单列的"
    high = apart.max()
    top = [str(name) for name in apart.index[apart == high]]
    among = f"单列的{kind}中" if counts.get(REST, 0) > high else ""
    if len(counts) == 1:
        return f"全部{number(high)}{unit}都是{top[0]}"
    if len(top) == len(counts):
        return f"{named(top, counter)}同为{number(high)}{unit}"
    if len(top) > 1:
        return f"{among}{named(top, counter)}并列最多，各{number(high)}{unit}"
    return f"{among}{top[0]}最多，{number(high)}{unit}，占{rate(float(high / counts.sum()))}"


def course(totals: pd.Series, unit: str) -> str:
    """How yearly totals (index year) went."""
    if totals.empty:
        return "没有数据"
    years, values = list(totals.index), list(totals)
    if len(values) == 1:
        return f"{years[0]}年{values[0]}{unit}，没有其他年份可比"
    steps = {(b > a) - (b < a) for a, b in pairwise(values)}
    ends = f"从{years[0]}年的{values[0]}{unit}"
    if steps == {0}:
        return f"各年同为{values[0]}{unit}"
    by_year = "逐年" if len(values) > 2 else ""  # of two years nothing is told but the difference
    if steps == {1}:
        return f"{ends}{by_year}增加到{years[-1]}年的{values[-1]}{unit}"
    if steps == {-1}:
        return f"{ends}{by_year}减少到{years[-1]}年的{values[-1]}{unit}"
    high = "、".join(f"{year}年" for year, value in zip(years, values, strict=True) if value == max(values))
    each = "各" if "、" in high else ""
    return (
        f"{years[0]}年{values[0]}{unit}，{years[-1]}年{values[-1]}{unit}，最多的是{high}（{each}{max(values)}{unit}）"
    )


def season(months: pd.DataFrame, unit: str) -> str:
    """Which periods (index, as named) come out highest over the years, and whether each year says so."""
    sums = months.sum(axis=1)
    if not sums.any():
        return "没有记录"
    sentence = most(sums, "个月", unit)
    top = sums.index[sums == sums.max()]
    if months.shape[1] < 2 or len(top) != 1:
        return sentence
    years = int((months == months.max()).loc[top[0]].sum())
    return f"{sentence}；{months.shape[1]}年中有{years}年以它为最多" if years else f"{sentence}，但没有哪一年以它为最多"


def signals(places: Sequence[tuple[str, str]], points: int, provisional: bool) -> str:
    """What the rules of a chart with limits signal: (where, rule in words); `points` on the chart."""
    if points < 2:
        return "只有一个时段，画不出控制限"
    hedge = "；不足12个时段，控制限为暂定" if provisional else ""
    if not places:
        return f"各时段都在控制限内，没有信号{hedge}"
    listed = "；".join(f"{where}{rule}" for where, rule in places[:_NAMED])
    more = f"等{len(places)}处" if len(places) > _NAMED else ""
    return f"{listed}{more}（信号，不等于发现）{hedge}"


def closing_title(words: TrendRoles) -> str:
    """What is told of how rows are closed: 办理时间和金额, or the one that the ledger has."""
    return "和".join([*(["办理时间"] if words.closed else []), *(["金额"] if words.amount else [])])


def days(settling: pd.DataFrame, words: TrendRoles, *, counted: bool = True) -> str:
    """Days to close of what was registered in a year, as `records.settling` has them; how many were closed if `counted`."""
    known = settling[settling["closed"] > 0]
    if known.empty:
        return "没有可以算出办理天数的案件"
    last = known.iloc[-1]
    number = f"{int(last['closed'])}{words.counter}" if counted else words.noun
    sentence = f"{known.index[-1]}年{words.event}、已办结的{number}，半数在{last['median']:g}天内办结"
    if len(known) == 1:
        return sentence
    before = known.iloc[-2]["median"]
    return f"{sentence}，{known.index[-2]}年{'也' if last['median'] == before else ''}是{before:g}天"


def money(paid: pd.DataFrame, words: TrendRoles, *, counted: bool = True) -> str:
    """Money agreed, as `series.money` has it; in how many cases if `counted`."""
    known = paid[paid["agreements"] > 0]
    if known.empty:
        return f"没有{words.paid}金额"
    last = known.iloc[-1]
    number = f"{int(last['agreements'])}{words.counter}" if counted else "有金额的"
    sentence = f"{known.index[-1]}年{number}{words.paid}共{yuan(last['amount_yuan'])}"
    return f"{sentence}，中位数{yuan(last['median'])}"


def repeats(pairs: pd.DataFrame) -> str:
    """Parties met more than once, as `series.repeat_parties` has them."""
    if pairs.empty:
        return "没有同样的双方在两件以上案件中出现"
    return f"{len(pairs)}对当事人在两件以上案件中出现，最多的出现{pairs['count'].max()}次"
