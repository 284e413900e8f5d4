"""Words that all sentences of the trends share: where, when, how many times, how sure."""

from fazhi.dictionary.trend_roles import TrendRoles
from fazhi.number_words import Number, count, money

TOWN = "全镇"


class Narrowed(TrendRoles):
    """What the rows are called, and the village, source and type that they are narrowed to."""

    village_only: str = ""
    source_only: str = ""
    category_only: str = ""


def subject(words: Narrowed, village: str | None = None, source: str | None = None, category: str | None = None) -> str:
    """What a sentence is about: 甲村的邻里纠纷; the whole town where nothing is named and the rows are not narrowed."""
    named = (village or words.village_only, source or words.source_only, category or words.category_only)
    return "的".join(filter(None, named)) or TOWN


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
