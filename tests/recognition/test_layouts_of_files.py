"""Layouts other than one record a row, and what is said elsewhere than in a column, in every kind of file."""

import pytest

from fazhi.intake import Reader
from made.file_kinds import KINDS

DISPUTES = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "调解结果"]
DRILLS = ["演练日期", "演练类型", "地点", "参与人数"]


def case(month, who, village="龙井村"):
    return [f"2025-0{month}-05", village, "邻里纠纷", f"张小{who}", f"李大{who}", "调解成功"]


LAYOUTS = {
    "a district's ledger": (
        [["矛盾纠纷调解台账"], ["镇街", *DISPUTES], ["青木镇", *case(1, "甲")], ["白沙镇", *case(2, "乙")]],
        "disputes", "village", ["龙井村"],
    ),
    "villages as headings": (
        [["矛盾纠纷调解台账"], [DISPUTES[0], *DISPUTES[2:]], ["龙井村"], [case(1, "甲")[0], *case(1, "甲")[2:]],
         ["桂花社区"], [case(2, "乙")[0], *case(2, "乙")[2:]]],
        "disputes", "village", ["龙井村", "桂花社区"],
    ),
    "side by side": (
        [["应急演练台账"], [*DRILLS, None, *DRILLS],
         ["2025-03-05", "消防", "龙井村", 60, None, "2025-09-05", "防汛", "青木村", 40]],
        "drills", "participants", [60, 40],
    ),
    "a record over two rows": (
        [["矛盾纠纷调解台账"], ["序号", *DISPUTES[:3]], [None, *DISPUTES[3:]],
         [1, *case(1, "甲")[:3]], [None, *case(1, "甲")[3:]], [2, *case(2, "乙")[:3]], [None, *case(2, "乙")[3:]]],
        "disputes", "outcome", ["调解成功", "调解成功"],
    ),
    "a date in three columns": (
        [["应急演练台账"], ["年", "月", "日", *DRILLS[1:]], [2025, 3, 5, "消防", "龙井村", 60], [2025, 4, 6, "防汛", "青木村", 40]],
        "drills", "participants", [60, 40],
    ),
    "types as ticks": (
        [["矛盾纠纷调解台账"], ["受理日期", "村(居)", "邻里", "合同", *DISPUTES[3:]],
         [*case(1, "甲")[:2], "√", None, *case(1, "甲")[3:]], [*case(2, "乙")[:2], None, "√", *case(2, "乙")[3:]]],
        "disputes", "category", ["邻里纠纷", "合同纠纷"],
    ),
    "blanks as above": (
        [["矛盾纠纷调解台账"], DISPUTES, case(1, "甲"), case(3, "乙", None), case(5, "丙", None),
         case(2, "丁", "青木村"), case(4, "戊", None)],
        "disputes", "village", ["龙井村", "龙井村", "龙井村", "青木村", "青木村"],
    ),
    "stacked ledgers": (
        [["学法培训台账"], ["学习日期", "学习类别", "学习内容", "参加人数"], ["2025-02-05", "专题学习", "民法典", 30], [None],
         ["应急演练台账"], DRILLS, ["2025-03-05", "消防", "龙井村", 60]],
        "drills", "participants", [60],
    ),
    "a sample row": (
        [["应急演练台账"], DRILLS, ["示例", "消防", "龙井村", 99], ["2025-03-05", "消防", "龙井村", 60]],
        "drills", "participants", [60],
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("name", "made"), KINDS)
def test_a_layout_is_read_in_every_kind_of_file(settings, tmp_path, layout, name, made):
    from fazhi.cleaning.clean import clean
    from fazhi.recognition.ledgers import recognise

    rows, ledger, column, right = LAYOUTS[layout]
    (tmp_path / name).write_bytes(made(rows))
    with Reader() as reader:
        file = reader.read(tmp_path / name, name)
    tables, issues = recognise(file, settings)
    mine = [(file, table) for table in tables if table.ledger == ledger]
    result = clean(settings.specs.ledgers[ledger], mine, settings, 2025)
    assert result.kept_values(column) == right
    assert {one.kind for one in [*issues, *result.issues] if one.severity != "info"} <= {"columns_missing"}
