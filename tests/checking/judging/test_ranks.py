"""Ranks of kinds, in the words and orders in which they are told."""

from decimal import Decimal

import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.judging.ranks import wrong_ranks
from fazhi.dictionary.loading import load_specs

COUNTS = {
    "disputes.mediated": {"邻里纠纷": 23, "合同纠纷": 7, "劳动争议": 9},
    "consultations.cases": {"劳动争议": 40, "婚姻家庭": 12},
}
LISTS = {
    "disputes": {"邻里纠纷": "category", "合同纠纷": "category", "劳动争议": "category", "石桥村": "village", "柳湾村": "village"},
    "consultations": {"劳动争议": "topic", "婚姻家庭": "topic"},
}  # fmt: skip


@pytest.fixture(scope="module")
def ledgers():
    specs = load_specs().indicators
    figures = tuple(Figure(specs[name], Decimal(39), Decimal(30), {}) for name in COUNTS)

    def part(figure, where, months=None):
        (value,) = where.values()
        villages = {"石桥村": 5, "柳湾村": 34}
        count = COUNTS[figure.indicator.id].get(value, villages.get(value))
        return None if count is None else Decimal(count)

    return Ledgers(2025, figures, part, LISTS, (), frozenset(), {"disputes": {"邻里": "邻里纠纷", "合同": "合同纠纷"}})


@pytest.mark.parametrize(
    "text",
    [
        "合同纠纷最多。", "合同纠纷排在第一位。", "从类型看，合同类居首位。", "数量最多的是合同纠纷。", "最多的当属合同纠纷", "邻里纠纷数量最少。", "邻里纠纷垫底。",
        "合同之间的矛盾最突出。", "法律咨询中婚姻家庭占首位。", "调解矛盾纠纷，石桥村最多。",
    ],
)  # fmt: skip
def test_a_wrong_rank_is_told(text, ledgers):
    assert len(list(wrong_ranks(text, ledgers))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "邻里纠纷最多。", "排第一的是邻里纠纷。", "合同纠纷最少。", "法律咨询中劳动争议最多。", "石桥村环境最好，得分最高。", "合同纠纷是不是最多，没有细看。", "合同纠纷最多不最多我没细看。",
        "石桥村的合同纠纷最多。", "一季度合同纠纷最多。", "合同纠纷和邻里纠纷最多。", "合同纠纷不是最多的，邻里纠纷才是最多。", "道路交通事故纠纷最多。", "合同纠纷" + "很长" * 200 + "最多。",
    ],
)  # fmt: skip
def test_a_right_or_uncertain_rank_is_left_alone(text, ledgers):
    assert list(wrong_ranks(text, ledgers)) == []
