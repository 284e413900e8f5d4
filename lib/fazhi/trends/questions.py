"""Questions to the office: a sign of a padded or broken ledger, what it may mean, and what to look up."""

from collections.abc import Sequence

from fazhi.number_words import count, percent
from fazhi.trends.bulk_entry import Burst
from fazhi.trends.chances import poisson_interval
from fazhi.trends.finding import ASKED, Finding, confidence
from fazhi.trends.missing_months import Gap
from fazhi.trends.monthly_counts import Grid
from fazhi.trends.padding import Padding
from fazhi.trends.repeat_parties import Repeat, Sameness
from fazhi.trends.wording import Narrowed, month, subject


def padded(found: Padding, parts: Sequence[Finding], words: Narrowed) -> Finding:
    """A village with an implausible share, and the other signs in it."""
    usual = f"，其他年份为{percent(found.before)}" if found.before is not None else ""
    signs = "".join(_sign([p for p in parts if p.kind == part.kind], words) for part in _first_of_kind(parts))
    years = "、".join(str(year) for year in found.years)
    sentence = (
        f"{subject(words, found.village)}{years}年登记{found.count}{words.counter}，占{subject(words)}{found.whole}{words.counter}的{percent(found.share)}{usual}；其他村中位数为"
        f"{count(found.others, words.counter, 1)}。{signs}可能确有集中{words.noun}、统计口径改变，也可能重复或虚增登记，请向填报单位核实原始卷宗。"
    )
    period = years if len(found.years) == 1 else f"{found.years[0]}/{found.years[-1]}"
    return Finding(
        "padding", sentence, "firm" if found.sure else "likely", village=found.village, period=period,
        measure="占全镇比例", size=found.share, interval=found.interval, parts=tuple(parts),
    )  # fmt: skip


def _first_of_kind(parts: Sequence[Finding]) -> list[Finding]:
    return [part for i, part in enumerate(parts) if part.kind not in {other.kind for other in parts[:i]}]


def _sign(parts: Sequence[Finding], words: Narrowed) -> str:
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


def _span(first: str, last: str) -> tuple[str, str]:
    """Two months (2025-03) as a sentence and as a finding name what lies between them."""
    if first == last:
        return month(first), first
    return f"{month(first)}至{month(last)}", f"{first}/{last}"


def gap(found: Gap, grid: Grid, until_end: bool, words: Narrowed) -> Finding:
    """Months without a row."""
    first, last = grid.names[found.first], grid.names[found.last]
    span, period = _span(first, last)
    why = "是这几个月尚未到期、没有发生，还是台账漏报？" if until_end else "是没有发生，还是台账漏报？"
    sentence = f"{subject(words, found.village)}{span}没有登记，按其余月份约应有{count(found.expected, words.counter, 1)}。{why}请向填报单位核实。"
    return Finding(
        "gap",
        sentence,
        confidence(found.p_value, level=ASKED),
        village=found.village,
        period=period,
        measure="月数",
        size=found.last - found.first + 1,
    )


def burst(found: Burst, words: Narrowed) -> Finding:
    """Many rows on one day, or in one month of a village."""
    around = "前后每日平均" if found.period.count("-") == 2 else "前后各月平均"
    low, high = poisson_interval(found.count)
    sentence = (
        f"{subject(words, found.village)}{month(found.period)}登记{found.count}{words.counter}，{around}{count(found.usual, words.counter, 2)}。"
        f"可能是集中{words.noun}或集中补录，请向填报单位核实{words.event}日期。"
    )
    return Finding(
        "burst", sentence, confidence(found.p_value, level=ASKED), village=found.village, period=found.period, measure=words.number, size=found.count,
        interval=(low, high),
    )  # fmt: skip


def repeat(found: Repeat, words: Narrowed) -> Finding:
    """The same parties again and again. Who they are is not told."""
    who = "同一对当事人" if found.pair else "同一当事人"
    first, last = f"{found.first:%Y-%m}", f"{found.last:%Y-%m}"
    span, period = _span(first, last)
    sentence = f"{subject(words, found.village)}{span}有{found.count}{words.counter}是{who}（代号见台账）。可能是长期{words.noun}或涉及多人的单位，也可能一事多报，请向填报单位核实。"
    return Finding(
        "repeat",
        sentence,
        confidence(found.p_value, level=ASKED),
        village=found.village,
        period=period,
        measure=words.number,
        size=found.count,
    )


def alike(found: Sameness, words: Narrowed) -> Finding:
    """Round sums, one sum, or one number of days in a village or a year."""
    what = {
        "round": f"有金额的{words.paid}{found.whole}{words.counter}中{found.count}{words.counter}是{count(found.value)}元的整数倍",
        "sum": f"有金额的{words.paid}{found.whole}{words.counter}中{found.count}{words.counter}都是{count(found.value, '', 2)}元",
        "days": f"已结{found.whole}{words.counter}中{found.count}{words.counter}{words.closing}用时都是{count(found.value)}天",
    }[found.what]
    place = f"{subject(words, found.village)}{f'{found.year}年' if found.year else ''}"
    sentence = f"{place}{what}，其余为{percent(found.elsewhere)}。可能是填写习惯或估填，请向填报单位核实。"
    return Finding(
        "repeat" if found.what == "days" else "round", sentence, confidence(found.p_value, level=ASKED), village=found.village,
        period=str(found.year) if found.year else None, measure=f"{words.closing}天数相同{words.number}" if found.what == "days" else words.number, size=found.count,
        interval=None,
    )  # fmt: skip
