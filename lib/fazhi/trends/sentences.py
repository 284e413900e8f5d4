"""Evidence put into words: each kind of evidence becomes a finding with a sentence that is true of any numbers.

A sign of a padded or broken ledger is told as a question to the office: what it may mean, and what to look up.
"""

from collections.abc import Sequence

from fazhi.dictionary.trend_roles import TrendRoles
from fazhi.number_words import Number, count, money, percent
from fazhi.trends.bulk_entry import Burst
from fazhi.trends.change_tests import Change, counts_changed
from fazhi.trends.finding import Finding, confidence
from fazhi.trends.forecast import Forecast
from fazhi.trends.hotspots import Hotspot, poisson_interval
from fazhi.trends.level_shifts import Break
from fazhi.trends.missing_months import Gap
from fazhi.trends.monthly_counts import Grid
from fazhi.trends.padding import Padding
from fazhi.trends.repeat_parties import Repeat, Sameness
from fazhi.trends.seasonality import Season

TOWN = "全镇"
FULL_YEARS = {"step": 2, "season": 3}  # with fewer, a claim is provisional
WORTH_A_NOTE = 1.2
SLIGHT = {"type": 1.8, "town": 1.75}  # a season less than this is told, not claimed: every town has calm months


def month(name: str) -> str:
    """`2024-07` as 2024年7月, `2024-07-05` with its day."""
    parts = [int(part) for part in name.split("-")]
    return "".join(f"{n}{unit}" for n, unit in zip(parts, "年月日", strict=False))


def times(ratio: float | None, interval: tuple[float | None, float | None]) -> str:
    """`2.5倍，95%区间1.7—3.7倍`; without an upper end, `至少1.7倍`."""
    low, high = interval
    sentence = (
        f"95%区间{count(low or 0, '', 2)}—{count(high, '倍', 2)}"
        if high is not None
        else f"至少{count(low or 0, '倍', 1)}"
    )
    return sentence if ratio is None else f"{count(ratio, '倍', 2)}，{sentence}"


def yuan(amount: Number) -> str:
    """A sum of money as 639.33万元; one of less than 10,000 yuan in yuan, so that no part of it is rounded away."""
    return money(amount)


def hedge(sure: str) -> str:
    """What a claim that is less than firm adds."""
    return {"provisional": "数据年份或月份尚少，结论暂定。", "likely": "仍有较小可能出于偶然。"}.get(sure, "")


def by_chance(interval: tuple[float | None, float | None], even: float) -> str:
    """What is said of a change that is not claimed. The interval is of one comparison, the claim of all of them together: so
    an interval beyond `even` (no change) may go with no claim, and the reader is told why."""
    low, high = interval
    beyond = (low is not None and low > even) or (high is not None and high < even)
    return "同时比较的项目多，尚不能排除偶然。" if beyond else "在偶然波动范围内。"


# --- changes -------------------------------------------------------------------------------------------------------


def step(found: Break, counts: Sequence[float], grid: Grid, words: TrendRoles, **where: str) -> Finding:
    """A step with its two levels a month. `where`: village or category; neither for the town."""
    before, after = sum(counts[: found.at]), sum(counts[found.at :])
    days = grid.days[: found.at].sum(), grid.days[found.at :].sum()
    change = counts_changed(before, after, days[1] / days[0])
    sure = confidence(found.p_value, grid.full_years >= FULL_YEARS["step"])
    a, b = (n / d * 365.25 / 12 for n, d in zip((before, after), days, strict=True))
    place = "".join(where.values()) or TOWN
    others = "全镇其余部分没有同样的变化。" if where else "各年同月的起伏解释不了这一变化。"
    sentence = (
        f"{place}自{month(grid.names[found.at])}起由月均{count(a, words.counter, 1)}{'升' if b > a else '降'}至{count(b, words.counter, 1)}"
        f"（{times(change.ratio, change.interval)}），{others}{hedge(sure)}"
    )
    return Finding(
        "step", sentence, sure, period=grid.names[found.at], measure=f"月均{words.number}之比", size=change.ratio,
        interval=change.interval, **where,  # type: ignore[arg-type]
    )  # fmt: skip


def season(found: Season, grid: Grid, words: TrendRoles, **where: str) -> Finding:
    """A season with the ratio of the months in it to the others."""
    rest = found.events - found.inside
    exposure = found.expected / (found.events - found.expected)
    change = counts_changed(rest, found.inside, exposure)
    claimed = change.ratio is None or change.ratio >= SLIGHT["type" if where else "town"]
    sure = confidence(found.p_value, grid.full_years >= FULL_YEARS["season"]) if claimed else "none"
    place = "".join(where.values()) or TOWN
    sentence = (
        f"{place}每年{months(found)}较多：{found.events}{words.counter}中有{found.inside}{words.counter}，"
        f"如与{'其他类型' if where else '其他月份'}一样分布应约{count(found.expected, words.counter)}（其余月份的{times(change.ratio, change.interval)}）。"
    )
    sentence += hedge(sure) if claimed else "幅度不大，不作为季节规律。"
    return Finding(
        "season", sentence, sure, period=f"{found.months[0]:02}/{found.months[-1]:02}", measure=f"{words.number}之比", size=change.ratio,
        interval=change.interval, **where,  # type: ignore[arg-type]
    )  # fmt: skip


def months(found: Season) -> str:
    """3—5月; over New Year 11月至次年1月."""
    first, last = found.months[0], found.months[-1]
    if first == last:
        return f"{first}月"
    return f"{first}—{last}月" if first < last else f"{first}月至次年{last}月"


def hotspot(found: Hotspot, period: str, threshold: int, words: TrendRoles) -> Finding:
    """A village's type against what its size and the type's let expect."""
    ratio, sure = found.count / found.expected, confidence(found.p_value)
    sentence = (
        f"{found.village}的{found.category}有{found.count}{words.counter}，按该村和该类型的总量约应有{count(found.expected, words.counter, 1)}"
        f"（{times(ratio, found.interval)}）。{hedge(sure)}"
    )
    return Finding(
        "hotspot", sentence, sure, village=found.village, category=found.category, period=period, measure="与预期之比",
        size=ratio, interval=found.interval, public=found.count >= threshold,
    )  # fmt: skip


def change(
    found: Change, years: tuple[int, int], span: str, sure: str, words: TrendRoles, why: str = "", **where: str
) -> Finding:
    """A count against last year's, with what may be said of it. `span`: the months compared, where not whole years."""
    place = "".join(where.values()) or TOWN
    a, b = int(found.before), int(found.after)
    word = "持平" if a == b else f"{'增加' if b > a else '减少'}{abs(b - a)}{words.counter}"
    tail = by_chance(found.interval, 1.0) if sure == "none" and not why else why or f"超出偶然波动。{hedge(sure)}"
    sentence = f"{place}{years[1]}年{span}{b}{words.counter}，上年{'同期' if span else ''}{a}{words.counter}，{word}（{times(found.ratio, found.interval)}），{tail}"
    return Finding(
        "change", sentence, sure, period=str(years[1]), measure=f"{words.number}之比", size=found.ratio, interval=found.interval, **where  # type: ignore[arg-type]
    )  # fmt: skip


def rate_change(found: Change, years: tuple[int, int], sure: str, words: TrendRoles) -> Finding:
    """The success rate against last year's, in percentage points."""
    low, high = (count(float(bound or 0) * 100, "", 1) for bound in found.interval)
    sentence = (
        f"{years[1]}年{words.rate}{percent(found.after)}，上年{percent(found.before)}（差的95%区间{low}至{high}个百分点），"
        f"{by_chance(found.interval, 0.0) if sure == 'none' else _beyond_chance(sure)}"
    )
    return _compared(sentence, found, years, sure, f"{words.rate}之差")


def days_change(found: Change, years: tuple[int, int], sure: str, words: TrendRoles) -> Finding:
    """Days to close against last year's."""
    sentence = (
        f"{years[1]}年{words.closing}用时中位数{count(found.after, '天', 1)}，上年{count(found.before, '天', 1)}，"
        f"{_beyond_chance(sure)}"
    )
    return _compared(sentence, found, years, sure, f"{words.closing}天数之差")


def money_change(found: Change, years: tuple[int, int], sure: str, words: TrendRoles) -> Finding:
    """The sums agreed against last year's."""
    sentence = (
        f"{years[1]}年有金额的{words.paid}，每{words.counter}金额中位数{yuan(found.after)}，上年{yuan(found.before)}，"
        f"{_beyond_chance(sure)}"
    )
    return _compared(sentence, found, years, sure, f"{words.paid}金额之差")


def _beyond_chance(sure: str) -> str:
    return "在偶然波动范围内。" if sure == "none" else f"超出偶然波动。{hedge(sure)}"


def _compared(sentence: str, found: Change, years: tuple[int, int], sure: str, measure: str) -> Finding:
    period = str(years[1])
    return Finding("change", sentence, sure, period=period, measure=measure, size=found.ratio, interval=found.interval)


# --- questions to the office ----------------------------------------------------------------------------------------


def padded(found: Padding, parts: Sequence[Finding], words: TrendRoles) -> Finding:
    """A village with an implausible share, and the other signs in it."""
    usual = f"，其他年份为{percent(found.before)}" if found.before is not None else ""
    signs = "".join(_sign([p for p in parts if p.kind == part.kind], words) for part in _first_of_kind(parts))
    years = "、".join(str(year) for year in found.years)
    sentence = (
        f"{found.village}{years}年登记{found.count}{words.counter}，占全镇{found.whole}{words.counter}的{percent(found.share)}{usual}；其他村中位数为"
        f"{count(found.others, words.counter, 1)}。{signs}可能确有集中{words.noun}、统计口径改变，也可能重复或虚增登记，请向填报单位核实原始卷宗。"
    )
    period = years if len(found.years) == 1 else f"{found.years[0]}/{found.years[-1]}"
    return Finding(
        "padding", sentence, "firm" if found.sure else "likely", village=found.village, period=period,
        measure="占全镇比例", size=found.share, interval=found.interval, parts=tuple(parts),
    )  # fmt: skip


def _first_of_kind(parts: Sequence[Finding]) -> list[Finding]:
    return [part for i, part in enumerate(parts) if part.kind not in {other.kind for other in parts[:i]}]


def _sign(parts: Sequence[Finding], words: TrendRoles) -> str:
    """One sign in its own words, many of a kind counted: the rest is in `parts`."""
    kind = parts[0].kind
    if len(parts) == 1 or kind == "round":
        return parts[0].sentence.split("可能")[0]
    sizes = [int(part.size or 0) for part in parts]
    least, most = count(min(sizes)), count(max(sizes), words.counter)
    each = f"各{least}—{most}" if min(sizes) < max(sizes) else f"各{most}"
    return (
        f"{len(parts)}个时段集中登记，{each}。"
        if kind == "burst"
        else f"当事人或{words.closing}天数相同的有{len(parts)}组，{each}。"
    )


def gap(found: Gap, grid: Grid, until_end: bool, words: TrendRoles) -> Finding:
    """Months without a row."""
    first, last = grid.names[found.first], grid.names[found.last]
    span = month(first) if first == last else f"{month(first)}至{month(last)}"
    why = "是这几个月尚未到期、没有发生，还是台账漏报？" if until_end else "是没有发生，还是台账漏报？"
    sentence = f"{found.village or TOWN}{span}没有登记，按其余月份约应有{count(found.expected, words.counter, 1)}。{why}请向填报单位核实。"
    period = first if first == last else f"{first}/{last}"
    return Finding(
        "gap",
        sentence,
        confidence(found.p_value),
        village=found.village,
        period=period,
        measure="月数",
        size=found.last - found.first + 1,
    )


def burst(found: Burst, words: TrendRoles) -> Finding:
    """Many rows on one day, or in one month of a village."""
    around = "前后每日平均" if found.period.count("-") == 2 else "前后各月平均"
    low, high = poisson_interval(found.count)
    sentence = (
        f"{found.village or TOWN}{month(found.period)}登记{found.count}{words.counter}，{around}{count(found.usual, words.counter, 2)}。"
        f"可能是集中{words.noun}或集中补录，请向填报单位核实{words.event}日期。"
    )
    return Finding(
        "burst", sentence, confidence(found.p_value), village=found.village, period=found.period, measure=words.number, size=found.count,
        interval=(low, high),
    )  # fmt: skip


def repeat(found: Repeat, words: TrendRoles) -> Finding:
    """The same parties again and again. Who they are is not told."""
    who = "同一对当事人" if found.pair else "同一当事人"
    first, last = f"{found.first:%Y-%m}", f"{found.last:%Y-%m}"
    span = month(first) if first == last else f"{month(first)}至{month(last)}"
    sentence = f"{found.village or TOWN}{span}有{found.count}{words.counter}是{who}（代号见台账）。可能是长期{words.noun}或涉及多人的单位，也可能一事多报，请向填报单位核实。"
    period = first if first == last else f"{first}/{last}"
    return Finding(
        "repeat",
        sentence,
        confidence(found.p_value),
        village=found.village,
        period=period,
        measure=words.number,
        size=found.count,
    )


def alike(found: Sameness, words: TrendRoles) -> Finding:
    """Round sums, one sum, or one number of days in a village or a year."""
    what = {
        "round": f"有金额的{words.paid}{found.whole}{words.counter}中{found.count}{words.counter}是{count(found.value)}元的整数倍",
        "sum": f"有金额的{words.paid}{found.whole}{words.counter}中{found.count}{words.counter}都是{count(found.value, '', 2)}元",
        "days": f"已结{found.whole}{words.counter}中{found.count}{words.counter}{words.closing}用时都是{count(found.value)}天",
    }[found.what]
    place = f"{found.village or TOWN}{f'{found.year}年' if found.year else ''}"
    sentence = f"{place}{what}，其余为{percent(found.elsewhere)}。可能是填写习惯或估填，请向填报单位核实。"
    return Finding(
        "repeat" if found.what == "days" else "round", sentence, confidence(found.p_value), village=found.village,
        period=str(found.year) if found.year else None, measure=f"{words.closing}天数相同{words.number}" if found.what == "days" else words.number, size=found.count,
        interval=None,
    )  # fmt: skip


def forecast(made: Forecast, words: TrendRoles) -> Finding:
    """Next year's total, or why no forecast is shown."""
    own, same, mean = (count(made.errors[name][0], words.counter, 2) for name in ("模型", "上年同月", "月均"))
    tested = f"以上一年回测，每月平均误差{own}；照抄上年同月为{same}，取上年月均为{mean}"
    if not made.shown:
        sentence = f"{tested}。模型没有明显胜过两种简单办法，不给出{made.year}年预测。"
        return Finding("forecast", sentence, "none", period=str(made.year), measure=words.number)
    total = sum(made.mean)
    sentence = f"预计{made.year}年约{count(total, words.counter)}（各月见图）。{tested}；{made.tested}个月中有{made.covered}个月落在80%区间内。"
    return Finding(
        "forecast", sentence, "provisional", period=str(made.year), measure=words.number, size=round(total, 1)
    )
