"""Which values of the raw files are private: names apart from what stands around them, numbers wherever they are."""

import pytest

from fazhi.privacy.private_values import names, private_values
from fazhi.recognition.ledgers import recognise
from fazhi.recognition.survey import Survey
from fazhi.recognition.surveyor import Source
from fazhi.values.normalise import normalise
from made.sheets import make_file, make_sheet

HEADER = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "身份证号", "联系电话", "调解结果", "备注"]


def values(settings, *rows, header=HEADER, extra=()):
    file = make_file("司法所/纠纷.xlsx", make_sheet([["矛盾纠纷调解台账"], header, *rows]), *extra)
    return private_values(Survey(2025, [Source(file, recognise(file, settings)[0])], []), settings)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("欧阳青禾、柳 絮", {"欧阳青禾", "柳絮"}),
        ("柳　絮", {"柳絮"}),
        ("李和平", {"李和平"}),
        ("李和平和王五", {"李和平", "王五"}),
        ("张三等3人", {"张三"}),
        ("申请人：张三（男）", {"张三"}),
        ("张三13800001234", {"张三"}),
        ("龙井村3组张三", {"龙井村", "张三"}),
        ("阿依古丽·买买提", {"阿依古丽·买买提"}),
        ("恒达餐饮有限公司（李四）", {"恒达餐饮有限公司", "李四"}),
        ("全体村民", set()),
        ("不详", set()),
        ("派出所", set()),
        ("有限公司", set()),
        ("王", set()),
        ("", set()),
    ],
)
def test_names_in_a_cell(cell, wanted):
    assert wanted <= set(names(normalise(cell)))
    assert all(any(one.replace("·", "") in name.replace("·", "") for one in wanted) for name in names(normalise(cell)))


def test_private_columns_of_every_row_whatever_its_fate(settings):
    found = values(
        settings,
        ["2025-1-2", "龙井村", "邻里", "张大三", "李四", "500107187810106044", "138-0000 1234", "成功", ""],
        ["2023-1-2", "龙井村", "邻里", "王往年", "", "", "", "成功", ""],
        ["", "龙井村", "邻里", "赵待核", "", "", "", "成功", ""],
        ["2025-1-2", "龙井村", "邻里", "钱作废", "龙井村委会", "", "", "成功", "作废"],
    )  # fmt: skip
    assert found == {
        "张大三": "person", "李四": "person", "王往年": "person", "赵待核": "person", "钱作废": "person",
        "500107187810106044": "identity", "13800001234": "phone",
    }  # fmt: skip


def test_unknown_columns_of_people_signatures_and_numbers_anywhere(settings):
    other = make_sheet([["值班表"], ["电话", "13900005678"], ["证号 50010718781010604X"]], "值班")
    found = values(
        settings,
        ["2025-1-2", "龙井村", "邻里", "张三", "", "", "", "成功", "电话13700001111找其弟", "孙小空"],
        ["填表人：周填表  审核人：吴审", "", "", "", "", "", "", ""],
        header=[*HEADER, "户主姓名"],
        extra=[other],
    )  # fmt: skip
    assert {"孙小空", "周填表", "吴审", "13700001111", "13900005678", "50010718781010604x"} <= found.keys()


def test_words_of_the_town_and_the_dictionary_are_no_names(settings):
    row = ["2025-1-2", "龙井村", "邻里", "司法所", "青木镇龙井村委会", "", "", "成功", ""]
    assert values(settings, row) == {}


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("户主赵漦燂", {"赵漦燂"}), ("赵漦燂律师", {"赵漦燂"}), ("调解员赵漦燂", {"赵漦燂"}), ("原告赵漦燂", {"赵漦燂"}),
        ("赵漦燂诉钱某", {"赵漦燂", "钱某", "赵漦燂诉钱某"}), ("艾力•买买提江", {"艾力·买买提江", "艾力买买提江"}), ("村民小组", set()),
        ("业主大会", {"业主大会"}), ("投诉人李四", {"李四"}), ("副镇长李建国", {"李建国"}), ("李建国网格长", {"李建国"}), ("驻村律师赵漦燂", {"赵漦燂"}),
        ("赵漦燂之母", {"赵漦燂"}), ("三组村民钱漪", {"钱漪"}), ("张校长", {"张校长"}), ("村民代表", set()), ("艾力.买买提江", {"艾力", "买买提江", "艾力·买买提江", "艾力买买提江"}),
    ],
)  # fmt: skip
def test_names_are_told_from_titles_before_and_behind(cell, wanted):
    assert set(names(normalise(cell))) == wanted
