"""Whose figures a sentence tells."""

from dataclasses import replace

import pytest

from fazhi.checking.binding.scope import Scope
from fazhi.checking.claims import bind


@pytest.mark.parametrize(
    ("before", "whose"),
    [
        ("其中“老杨说事”调解工作室全年化解", "“老杨说事”调解工作室"),
        ("在“石桥评理堂”，老杨一个人就调了", "“石桥评理堂”"),
        ("区级品牌调解室全年化解", "区级品牌调解室"),
        ("“石榴红”宣讲团开展", "“石榴红”宣讲团"),
        ("驻村律师另在村里接待咨询", "驻村律师"),
        ("依托“老杨调解室”，全年调解", ""),
        ("全镇建成“老杨”调解室，调解纠纷", ""),
        ("镇调解室化解", ""),
        ("“法治导航站”公布", ""),
    ],
)
def test_a_named_room_or_team_tells_its_own_figures(before, whose):
    assert Scope("柳河镇", ("司法所",)).of(before) == whose


def test_figures_of_the_writers_office_are_a_part(ledgers):
    values = {**ledgers.values, "contracts": {"司法所": "department", "应急管理办": "department"}}
    text = "柳河镇应急管理办2025年工作总结\n\n合同审查136件次。我办送审合同9件次，全镇合同审查136件次。"
    claims = bind(text, replace(ledgers, values=values))
    assert [dict(claim.where) for claim in claims] == [{}, {"department": "应急管理办"}, {}]
    of_several = text.replace("应急管理办2025", "应急管理办、司法所2025")
    assert not any(claim.where for claim in bind(of_several, replace(ledgers, values=values)))
