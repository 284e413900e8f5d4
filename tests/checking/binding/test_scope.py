"""Whose figures a sentence tells."""

import pytest

from fazhi.checking.binding.scope import Scope


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
