"""Evidence put into words: each kind of evidence becomes a finding with a sentence that is true of any numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fazhi.number_words import count, percent
from fazhi.trends.change_tests import Change, counts_changed
from fazhi.trends.finding import STANDING, Finding, confidence
from fazhi.trends.forecast import Forecast
from fazhi.trends.hotspots import Hotspot
from fazhi.trends.level_shifts import Break
from fazhi.trends.monthly_counts import Grid
from fazhi.trends.seasonality import Season
from fazhi.trends.wording import TOWN, Narrowed, by_chance, hedge, month, subject, times, yuan

FULL_YEARS = {"step": 2, "season": 3}  # with fewer, a claim is provisional
WORTH_A_NOTE = 1.2
SLIGHT = {"type": 1.8, "town": 1.9}  # a season less than this is told, not claimed: every town has calm months


def step(found: Break, counts: Sequence[float], grid: Grid, words: Narrowed, **where: str) -> Finding:
    """A step with its two levels a month. `where`: village or category; neither for the town."""
    before, after = sum(counts[: found.at]), sum(counts[found.at :])
    days = grid.days[: found.at].sum(), grid.days[found.at :].sum()
    change = counts_changed(before, after, days[1] / days[0])
    sure = confidence(found.p_value, grid.full_years >= FULL_YEARS["step"])
    a, b = (n / d * 365.25 / 12 for n, d in zip((before, after), days, strict=True))
    place = subject(words, **where)
    others = "全镇其余部分没有同样的变化。" if where else "各年同月的起伏解释不了这一变化。"
    sentence = (
        f"{place}自{month(grid.names[found.at])}起由月均{count(a, words.counter, 1)}{'升' if b > a else '降'}至{count(b, words.counter, 1)}"
        f"（{times(change.ratio, change.interval)}），{others}{hedge(sure)}"
    )
    return Finding(
        "step", sentence, sure, period=grid.names[found.at], measure=f"月均{words.number}之比", size=change.ratio,
        interval=change.interval, **where,  # type: ignore[arg-type]
    )  # fmt: skip


def season(found: Season, grid: Grid, words: Narrowed, **where: str) -> Finding:
    """A season with the ratio of the months in it to the others."""
    rest = found.events - found.inside
    exposure = found.expected / (found.events - found.expected)
    change = counts_changed(rest, found.inside, exposure)
    claimed = change.ratio is None or change.ratio >= SLIGHT["type" if where else "town"]
    sure = confidence(found.p_value, grid.full_years >= FULL_YEARS["season"], STANDING) if claimed else "none"
    place = subject(words, **where)
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


def hotspot(found: Hotspot, period: str, threshold: int, words: Narrowed) -> Finding:
    """A village's type against what its size and the type's let expect."""
    ratio, sure = found.count / found.expected, confidence(found.p_value, level=STANDING)
    sentence = (
        f"{subject(words, found.village, category=found.category)}有{found.count}{words.counter}，按该村和该类型的总量约应有{count(found.expected, words.counter, 1)}"
        f"（{times(ratio, found.interval)}）。{hedge(sure)}"
    )
    return Finding(
        "hotspot", sentence, sure, village=found.village, category=found.category, period=period, measure="与预期之比",
        size=ratio, interval=found.interval, public=found.count >= threshold,
    )  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """The years that are compared, the last one last, and the months of each, where they are not whole."""

    years: tuple[int, ...]
    span: str = ""

    @property
    def before(self) -> str:
        """上年, 上年同期, or 2022—2024年年均."""
        same = "同期" if self.span else ""
        return f"上年{same}" if len(self.years) == 2 else f"{_listed(self.years[:-1])}{same}年均"

    @property
    def against(self) -> str | None:
        return f"{self.years[0]}/{self.years[-2]}" if len(self.years) > 2 else None


def _listed(years: Sequence[int]) -> str:
    """2022—2024年, or 2021、2023年 where years are left out."""
    in_a_row = years[-1] - years[0] == len(years) - 1 > 0
    return f"{years[0]}—{years[-1]}年" if in_a_row else f"{'、'.join(map(str, years))}年"


def change(found: Change, compared: Compared, sure: str, words: Narrowed, why: str = "", **where: str) -> Finding:
    """A count against last year's, or the mean of all years before, with what may be said of it."""
    a, b, year = found.before, int(found.after), compared.years[-1]
    word = "持平" if a == b else f"{'增加' if b > a else '减少'}{count(abs(b - a), words.counter, 1)}"
    tail = by_chance(found.interval, 1.0) if sure == "none" and not why else why or f"超出偶然波动。{hedge(sure)}"
    sentence = (
        f"{subject(words, **where)}{year}年{compared.span}{b}{words.counter}，{compared.before}{count(a, words.counter, 1)}，"
        f"{word}（{times(found.ratio, found.interval)}），{tail}"
    )
    return Finding(
        "change", sentence, sure, period=str(year), measure=f"{words.number}之比", size=found.ratio, interval=found.interval,
        against=compared.against, **where,  # type: ignore[arg-type]
    )  # fmt: skip


def rate_change(found: Change, years: Sequence[int], sure: str, words: Narrowed) -> Finding:
    """The success rate against that of all years before, in percentage points."""
    low, high = (count(float(bound or 0) * 100, "", 1) for bound in found.interval)
    before = "上年" if len(years) == 2 else f"{_listed(years[:-1])}合计"
    sentence = (
        f"{_of(words)}{years[-1]}年{words.rate}{percent(found.after)}，{before}{percent(found.before)}（差的95%区间{low}至{high}个百分点），"
        f"{by_chance(found.interval, 0.0) if sure == 'none' else _beyond_chance(sure)}"
    )
    told = _compared(sentence, found, years, sure, f"{words.rate}之差")
    return replace(told, against=Compared(tuple(years)).against)


def days_change(found: Change, years: Sequence[int], sure: str, words: Narrowed) -> Finding:
    """Days to close against last year's."""
    sentence = (
        f"{_of(words)}{years[-1]}年{words.closing}用时中位数{count(found.after, '天', 1)}，上年{count(found.before, '天', 1)}，"
        f"{_beyond_chance(sure)}"
    )
    return _compared(sentence, found, years, sure, f"{words.closing}天数之差")


def money_change(found: Change, years: Sequence[int], sure: str, words: Narrowed) -> Finding:
    """The sums agreed against last year's."""
    sentence = (
        f"{_of(words)}{years[-1]}年有金额的{words.paid}，每{words.counter}金额中位数{yuan(found.after)}，上年{yuan(found.before)}，"
        f"{_beyond_chance(sure)}"
    )
    return _compared(sentence, found, years, sure, f"{words.paid}金额之差")


def _of(words: Narrowed) -> str:
    """What the rows are narrowed to; nothing of a whole town."""
    about = subject(words)
    return "" if about == TOWN else about


def _beyond_chance(sure: str) -> str:
    return "在偶然波动范围内。" if sure == "none" else f"超出偶然波动。{hedge(sure)}"


def _compared(sentence: str, found: Change, years: Sequence[int], sure: str, measure: str) -> Finding:
    period = str(years[-1])
    return Finding("change", sentence, sure, period=period, measure=measure, size=found.ratio, interval=found.interval)


def forecast(made: Forecast, words: Narrowed) -> Finding:
    """Next year's total, or why no forecast is shown."""
    own, same, mean = (count(made.errors[name][0], words.counter, 2) for name in ("模型", "上年同月", "月均"))
    tested = f"以上一年回测，每月平均误差{own}；照抄上年同月为{same}，取上年月均为{mean}"
    if not made.shown:
        sentence = f"{tested}。模型没有明显胜过两种简单办法，不给出{made.year}年预测。"
        return Finding("forecast", sentence, "none", period=str(made.year), measure=words.number)
    total = sum(made.mean)
    sentence = f"{_of(words)}预计{made.year}年约{count(total, words.counter)}（各月见图）。{tested}；{made.tested}个月中有{made.covered}个月落在80%区间内。"
    return Finding(
        "forecast", sentence, "provisional", period=str(made.year), measure=words.number, size=round(total, 1)
    )
