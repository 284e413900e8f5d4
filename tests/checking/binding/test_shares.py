"""Shares of a count in another, and rates told as shares."""

import pytest

from made.verdicts import verdicts


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("合同审查136件次，重大合同占28.7%。", "derived"),
        ("合同审查136件次，重大合同占比为38.7%。", "wrong"),
        ("合同审查136件次，重大合同39件次，在合同审查总量中占据28.7%的份额。", "derived"),
        ("法律咨询660件次，来访410件次、电话160件次，来访咨询占62.1%。", "derived"),
        ("重大行政决策43项，履行全部程序的占81.4%。", "right"),
        ("合同审查136件次，外地企业占28.7%。", "unknown"),
        ("合同审查136件次，其中重大合同39件次，已出具书面意见的占重大合同的97%。", "right"),
        ("合同审查136件次，其中重大合同39件次，重大合同占了28.7%。", "derived"),
        ("重大合同39件次，占合同审查总数136件次的28.7%。", "derived"),
        ("重大合同39件次，占合同审查总数136件次的82.7%。", "wrong"),
        ("重大合同39件次，占全区总数1136件次的3.4%。", "unknown"),
    ],
)
def test_a_share_is_of_what_its_clause_names(text, verdict, ledgers):
    assert verdicts(text, ledgers)[-1] == verdict
