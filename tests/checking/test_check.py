"""A draft against a town's own results: private values told by kind and place, what no draft is refused."""

import pytest

from fazhi.checking.answering.answer import as_json, lines
from fazhi.checking.check import check_draft
from fazhi.errors import LedgerError
from fazhi.steps import check
from made.counted_year import counted_town
from made.sheets import write_workbook

HEADER = ["受理日期", "当事人", "联系电话", "纠纷类型", "调解结果"]


@pytest.fixture
def town(workspace):
    write_workbook(
        workspace.raw(2025) / "应急演练台账.xlsx",
        ["演练日期", "演练类型", "地点", "参与人数"],
        ["2025-03-05", "消防", "龙井村", 60],
    )
    write_workbook(
        workspace.raw(2025) / "矛盾纠纷调解台账.xlsx",
        HEADER,
        ["2025-03-05", "欧阳建国", "13812345678", "邻里纠纷", "调解成功"],
    )
    return counted_town(workspace)


def test_a_private_value_is_told_by_kind_and_place_and_never_quoted(town, tmp_path):
    draft = tmp_path / "稿.txt"
    draft.write_text("开展应急演练1场。\n欧阳建国的邻里纠纷已调解，电话13812345678。", encoding="utf-8")
    answer = check_draft(town, draft)
    assert answer.is_wrong
    (told,) = answer.remark_lines
    assert told.startswith("第 2 段有台账中的")
    assert "姓名" in told or "当事人" in told
    assert "电话" in told
    said = "\n".join(lines(answer)) + "".join(answer.remark_lines)
    assert "欧阳建国" not in said
    assert "13812345678" not in said
    assert "第 2 段有台账中的" in as_json(answer)


def test_the_notebook_shows_the_same_answer(town, tmp_path):
    draft = tmp_path / "稿.txt"
    draft.write_text("开展应急演练5场，调解矛盾纠纷1件。", encoding="utf-8")
    answer = check.read_and_check(town, str(draft))
    assert "应为1场" in check.show_wrong(answer).html
    assert "与台账不符" in check.show_counts(answer).text
    assert 'class="wrong"' in check.show_draft(answer).html
    assert check.show_changes(answer).text == "没有。"
    assert sorted(path.name for path in (town.processed / "check").iterdir()) == ["稿.核对.html", "稿.核对.json"]


def test_the_notebook_says_that_no_draft_was_named(town):
    with pytest.raises(LedgerError, match="没有指定文稿"):
        check.read_and_check(town, "")
