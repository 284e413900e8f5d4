"""Sentences chosen by rule, one test a branch."""

import pandas as pd
import pytest

from fazhi.dictionary.loading import load_specs
from fazhi.trend_report import captions

WORDS = load_specs().ledgers["disputes"].trends


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "没有记录"),
        ({"甲": 0, "乙": 0}, "没有记录"),
        ({"甲": 4}, "全部4件都是甲"),
        ({"甲": 3, "乙": 1}, "甲最多，3件，占75.0%"),
        ({"甲": 3, "乙": 3}, "甲、乙同为3件"),
        ({"甲": 3, "乙": 3, "丙": 1}, "甲、乙并列最多，各3件"),
        ({"甲": 2, "乙": 2, "丙": 2, "丁": 2, "戊": 1}, "甲、乙、丙等4类并列最多，各2件"),
        ({"甲": 3, "乙": 1, "其余": 6}, "单列的类别中甲最多，3件，占30.0%"),
        ({"其余": 6}, "共6件，没有单列的"),
    ],
)
def test_which_has_most(counts: dict[str, int], said: str) -> None:
    assert captions.most(pd.Series(counts, dtype=int), "类", "件") == said


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        ({}, "没有数据"),
        ({2025: 7}, "2025年7件，没有其他年份可比"),
        ({2024: 7, 2025: 7}, "各年同为7件"),
        ({2023: 5, 2024: 6, 2025: 9}, "从2023年的5件逐年增加到2025年的9件"),
        ({2024: 6, 2025: 0}, "从2024年的6件减少到2025年的0件"),
        ({2023: 5, 2024: 9, 2025: 6}, "2023年5件，2025年6件，最多的是2024年（9件）"),
        ({2023: 9, 2024: 5, 2025: 9}, "2023年9件，2025年9件，最多的是2023年、2025年（各9件）"),
    ],
)
def test_how_years_went(totals: dict[int, int], said: str) -> None:
    assert captions.course(pd.Series(totals, dtype=int), "件") == said


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ({2025: [0, 0]}, "没有记录"),
        ({2025: [3, 1]}, "1月最多，3件，占75.0%"),
        ({2024: [1, 3], 2025: [3, 1]}, "1月、2月同为4件"),
        ({2024: [5, 3], 2025: [3, 1]}, "1月最多，8件，占66.7%；2年中有2年以它为最多"),
        ({2024: [5, 3, 6], 2025: [5, 6, 2]}, "1月最多，10件，占37.0%，但没有哪一年以它为最多"),
    ],
)
def test_which_month_is_highest(months: dict[int, list[int]], said: str) -> None:
    frame = pd.DataFrame(months)
    told = captions.season(frame.set_axis([f"{n + 1}月" for n in range(len(frame))]), "件")
    assert told.replace("；但", "，但") == said


def test_days_and_money_where_there_is_nothing_one_year_and_two() -> None:
    settling = pd.DataFrame({"closed": [0, 4, 5], "median": [None, 11.0, 11.0]}, index=[2023, 2024, 2025])
    assert captions.days(settling.iloc[:1], WORDS) == "没有可以算出办理天数的案件"
    assert captions.days(settling.iloc[:2], WORDS) == "2024年受理、已办结的4件，半数在11天内办结"
    assert captions.days(settling, WORDS) == "2025年受理、已办结的5件，半数在11天内办结，2024年也是11天"
    paid = pd.DataFrame({"agreements": [2], "amount_yuan": [6393300], "median": [29500]}, index=[2025])
    assert captions.money(paid, WORDS) == "2025年2件协议共639.33万元，中位数2.95万元"
    assert captions.money(paid.assign(agreements=0), WORDS) == "没有协议金额"


def test_repeated_parties() -> None:
    assert captions.repeats(pd.DataFrame({"count": []})) == "没有同样的双方在两件以上案件中出现"
    assert captions.repeats(pd.DataFrame({"count": [3, 2]})) == "2对当事人在两件以上案件中出现，最多的出现3次"
