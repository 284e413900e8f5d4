"""Words that stand where a name belongs are told from names, so that no ordinary town is stopped and no name is lost."""

import pytest

from fazhi.privacy.words import is_word


@pytest.mark.parametrize(
    "value",
    [
        "乡贤", "综合治理", "交通安全", "党委会", "第一期", "法律明白人", "明白人", "施工队", "公安局", "农贸市场管委会", "安置户", "水务局", "文件夹",
        "平安镇中心小学", "高峰村委会", "交警大队", "宣传教育", "上半年",
    ],
)  # fmt: skip
def test_a_word_is_no_name(value):
    assert is_word(value, "乡贤和法律明白人")


@pytest.mark.parametrize(
    "value",
    [
        "高峰", "李和平", "王建会", "张文明", "欧阳平安", "上官文明", "朴大明", "王安全", "余安全", "赵漦燂", "阿依古丽", "热合曼", "买买提·艾力", "牟国庆", "王立春",
        "李十月", "安康", "重庆恒达餐饮有限公司",
    ],
)  # fmt: skip
def test_a_name_is_none_even_of_words(value):
    assert not is_word(value, "")


def test_what_is_too_long_for_a_name_is_a_word_where_the_report_says_it():
    assert is_word("农业服务中心", "由农业服务中心牵头")
    assert not is_word("农业服务中心", "")
    assert not is_word("司马青山绿", "司马青山绿")
