"""What a spelling most likely means: offered where one value alone is meant, nothing where two could be."""

import pytest

from fazhi.values.likely_meaning import likely_meaning

KINDS = {
    "占道经营": ("占道经营", "占道"),
    "消防违法": ("消防违法", "消防"),
    "合同纠纷": ("合同纠纷", "合同"),
    "劳动争议": ("劳动争议", "劳资纠纷"),
    "征地拆迁纠纷": ("征地拆迁纠纷", "征地拆迁"),
    "调解不成功": ("调解不成功", "不成功"),
    "电话": ("电话",),
    "签订协议": ("签订协议",),
}


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("出店占道经营", "占道经营"),
        ("堵塞消防通道", "消防违法"),
        ("征拆", "征地拆迁纠纷"),
        ("经济合同类", "合同纠纷"),
        ("劳动合同", ""),  # 劳动争议 or 合同纠纷
        ("消防通道占道", ""),
        ("未占道", ""),  # a denial is no likeness
        ("调解成功", ""),
        ("难以签订协议", ""),  # so is what fails
        ("电话预约后到场", ""),  # and what goes on to something else
        ("电话接听", "电话"),
        ("其他", ""),
        ("", ""),
    ],
)
def test_one_value_is_offered_and_none_where_two_may_be_meant(written, means):
    assert likely_meaning(written, KINDS) == means
