"""The order of ledgers is data; a ledger that nobody ordered has a place all the same."""

import pytest

from fazhi.dictionary.ledger_order import in_order, office_key
from fazhi.dictionary.loading import load_specs
from fazhi.errors import SpecError

LEDGERS = {name: load_specs().ledgers[name] for name in ("consultations", "contracts", "disputes", "drills", "studies")}


def test_ledgers_stand_by_office_then_as_listed():
    order = {"司法所": ["disputes", "consultations"], "党建办": ["studies"]}
    found = in_order(LEDGERS, order)
    assert list(found) == [
        "disputes",
        "consultations",
        "contracts",
        "studies",
        "drills",
    ]  # contracts, drills: not listed
    assert found["drills"] is LEDGERS["drills"]


def test_every_office_stands_together_in_the_dictionary():
    offices = [ledger.office for ledger in load_specs().ledgers.values()]
    assert len(list(dict.fromkeys(offices))) == sum(a != b for a, b in zip(["", *offices], offices, strict=False))


def test_offices_are_sorted_as_their_ledgers_stand():
    key = office_key(in_order(LEDGERS, {"司法所": [], "党建办": []}).values())
    assert sorted(["甲办", "应急管理办", "党建办", "", "司法所"], key=key) == [
        "",
        "司法所",
        "党建办",
        "应急管理办",
        "甲办",
    ]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"司法所": ["dispute"]}, "「司法所」中的“dispute”不是台账"),
        ({"司法所": ["drills"]}, "把“drills”排在司法所，而它由应急管理办报送"),
        ({"司法所": ["disputes", "disputes"]}, "“disputes”写了两次"),
    ],
)
def test_an_order_that_leads_nowhere_is_told(order, said):
    with pytest.raises(SpecError, match=said):
        in_order(LEDGERS, order)
