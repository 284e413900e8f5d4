"""Notebook 00: where the year stands and what to do next, as the command would say it, and the answers that can be given there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from fazhi.cli.accept import decide
from fazhi.decisions.aliases_edit import EMPTY
from fazhi.decisions.questions import Question, questions
from fazhi.decisions.recording import record
from fazhi.documents.notebook_output import Shown, table
from fazhi.engine import Runner
from fazhi.errors import FazhiError
from fazhi.recognition.raw_folder import raw_files
from fazhi.recognition.surveyor import Surveyor
from fazhi.runs import pipeline, status
from fazhi.runs.notebook_runner import notebook_runner
from fazhi.runs.nothing_to_do import document_lines, open_lines
from fazhi.steps.show import show_ledgers
from fazhi.steps.trend_menus import is_live
from fazhi.town_year import TownYear, open_year
from fazhi.workspace.paths import Workspace, latest_year, misplaced, place
from fazhi.workspace.run_record import NO_RUN, read_run

MOST_QUESTIONS = 20  # shown at a time: the commonest first, and each answer may settle others
_ONLY_LIVE = "在 JupyterLab 中运行本格，可以在这里操作。"


@dataclass(frozen=True)
class Start:
    """The town and the year that the notebook is about."""

    workspace: Workspace
    year: int

    def open(self) -> TownYear:
        """The town's year as its settings stand now: an answer given here changes them."""
        return open_year(self.year, self.workspace)


def open_start(year: int, workspace: str) -> Start:
    """The year of the workspace; 0: its latest. Raises FazhiError where there is none, or the settings have a fault."""
    found = place(Path(workspace) if workspace else None)
    start = Start(found, latest_year(found, year or None))
    start.open()
    return start


def show_town(start: Start) -> Shown:
    """Which town and year this is, how many files lie there, and what lies in the wrong place."""
    town = start.open()
    rows = [
        ("镇（街道）", town.settings.unit.name),
        ("年度", f"{start.year}（data/raw 中有 {'、'.join(map(str, start.workspace.years()))}）"),
        ("收到的文件", f"{len([*raw_files(start.workspace, start.year)])} 个"),
        *(("请看", line) for line in misplaced(start.workspace)),
    ]
    return table(["项目", "内容"], rows, "town")


def show_received(start: Start) -> Shown:
    """What the last run read of each ledger."""
    statistics = start.open().results.statistics()
    return show_ledgers(statistics) if statistics is not None else _words(["还没有运行过。"])


def show_next(start: Start) -> Shown:
    """What is due, what waits for a decision, and what is made."""
    folder = start.workspace.processed(start.year)
    made = read_run(folder)
    due = status.status(start.workspace, start.year)
    lines = [f"有 {len(due)} 步要做：{'、'.join([*due][:5])}{' 等' if len(due) > 5 else ''}。" if due else "已是最新。"]
    if made == NO_RUN:
        return _words(lines)
    return _words([*lines, *open_lines(made.open), *document_lines(folder, sorted(made.outputs))])


def run_button(start: Start) -> Any:
    """A button that brings the year up to date and then says what is left; a line of text where nobody can press it."""
    if not is_live():
        return _words([_ONLY_LIVE, f"或在终端运行 fazhi run {start.year}。"])
    import ipywidgets as widgets

    button, said = widgets.Button(description=f"运行 {start.year} 年", button_style="primary"), widgets.HTML()

    def press(_: Any) -> None:
        button.disabled = True
        said.value = _words(["正在运行……"]).html
        said.value = run_now(start).html
        button.disabled = False

    button.on_click(press)
    return widgets.VBox([button, said])


def run_now(start: Start) -> Shown:
    """Bring the year up to date; how it ended, and what is to be done next."""
    try:
        runner, surveyor = _kept()
        outcome = pipeline.run(start.workspace, start.year, runner=runner, surveyor=surveyor)
    except FazhiError as error:
        return _words([str(error)])
    failed = [f"{label}没有完成：{message}" for label, message in outcome.failed.items()]
    after = show_next(start)
    return replace(_words(failed), html=_words(failed).html + after.html) if failed else after


@cache
def _kept() -> tuple[Runner, Surveyor]:
    """What runs notebooks and reads files: warm from the second press of the button on, ended with the notebook's process."""
    runner = notebook_runner()
    runner.keep()
    return runner, Surveyor(remember=True)


def answer_boxes(start: Start) -> Any:
    """The open questions, each with a field for its answer; a list where nobody can answer."""
    asked = open_questions(start)
    if not asked:
        return _words(["没有待定的写法。"])
    if not is_live():
        return show_questions(asked)
    import ipywidgets as widgets

    boxes = [_answer_box(start, question) for question in asked[:MOST_QUESTIONS]]
    rest = len(asked) - len(boxes)
    more = [widgets.HTML(f"还有 {rest} 处，答完这些、再运行一次本格就会列出。")] if rest else []
    return widgets.VBox([*boxes, *more])


def open_questions(start: Start) -> list[Question]:
    """What the last run asks and nobody has answered yet."""
    town = start.open()
    if not town.results.is_counted:
        return []
    found = questions(town, _aliases(start))
    return [one for one in found if not (one.settled or one.decided)]


def show_questions(asked: Sequence[Question]) -> Shown:
    """The questions as a table."""
    rows = [(one.about, one.written, one.count, one.place, "、".join(one.nearest)) for one in asked]
    return table(["问什么", "写的是", "处数", "如", "可以答"], rows, "questions")


def _answer_box(start: Start, question: Question) -> Any:
    import ipywidgets as widgets

    about = f"{question.about}：“{question.written}”，{question.count} 处，如 {question.place}"
    text = widgets.HTML(escape(about))
    answer = widgets.Combobox(options=[*question.nearest, EMPTY], placeholder="选一个或写一个", ensure_option=False)
    button, said = widgets.Button(description="记下"), widgets.HTML()

    def press(_: Any) -> None:
        said.value = escape(answer_question(start, question, answer.value))

    button.on_click(press)
    return widgets.VBox([text, widgets.HBox([answer, button, said])])


def answer_question(start: Start, question: Question, means: str) -> str:
    """Record one answer in aliases.yml; what was recorded, or why it cannot be."""
    if not means.strip():
        return "还没有写答案。"
    town, text = start.open(), _aliases(start)
    asked = [(one.target, one.written) for one in questions(town, text)]
    number = asked.index((question.target, question.written)) + 1
    try:
        decisions = decide(town, [str(number), means.strip()], text)
        return record(start.workspace.aliases_file, text, decisions, date.today())
    except FazhiError as error:
        return str(error)


def _aliases(start: Start) -> str:
    file = start.workspace.aliases_file
    return file.read_bytes().decode("utf-8-sig") if file.exists() else ""


def _words(lines: Sequence[str]) -> Shown:
    return Shown("".join(f"<p>{escape(line)}</p>" for line in lines), "\n".join(lines))
