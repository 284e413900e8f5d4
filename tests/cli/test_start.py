"""Notebook 00: it says where the year stands, takes answers as the command does, and works as a plain notebook."""

import pytest

from fazhi.cli import start
from fazhi.errors import FazhiError
from made.counted_year import counted_town

ROWS = "演练日期,演练类型,演练地点,参与人数\n2025-03-05,消防演习类,友爱村,40\n2025-06-02,防汛,友爱村,35\n"


def counted(workspace):
    """A year with a word that nobody knows, surveyed, cleaned and counted."""
    folder = workspace.raw(2025) / "应急管理办"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "应急演练台账.csv").write_text(ROWS, encoding="utf-8-sig")
    counted_town(workspace)
    return start.open_start(0, str(workspace.root))


def test_a_year_that_was_never_run(workspace):
    workspace.raw(2025).mkdir(parents=True, exist_ok=True)
    here = start.open_start(0, str(workspace.root))
    assert here.year == 2025 and "2025" in start.show_town(here).text
    assert "还没有运行过" in start.show_received(here).text
    assert "步要做" in start.show_next(here).text
    assert "没有待定的写法" in start.answer_boxes(here).text


def test_no_workspace_is_said(tmp_path):
    with pytest.raises(FazhiError, match="不是工作区"):
        start.open_start(0, str(tmp_path))


def test_an_answer_is_recorded_or_refused_with_the_reason(workspace):
    here = counted(workspace)
    asked = start.open_questions(here)
    (question,) = [one for one in asked if one.written == "消防演习类"]
    assert "消防演习类" in start.show_questions(asked).text
    assert "最接近" in start.answer_question(here, question, "没有这一类")
    assert start.answer_question(here, question, " ") == "还没有写答案。"
    assert "已记入" in start.answer_question(here, question, question.nearest[0])
    assert question.written not in [one.written for one in start.open_questions(here)]
    assert "消防演习类" in workspace.aliases_file.read_text(encoding="utf-8")


def test_menus_are_for_a_person(workspace, monkeypatch):
    here = counted(workspace)
    monkeypatch.setattr(start, "is_live", lambda: True)
    boxes = start.answer_boxes(here)
    assert len(boxes.children) == len(start.open_questions(here))
    assert start.run_button(here).children[0].description == "运行 2025 年"
