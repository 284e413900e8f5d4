"""What notebook 07 calls: an edited draft held against the year's ledgers, and what people changed in ours."""

from pathlib import Path

from fazhi.checking.answering.answer import SHOWN, Answer, excerpt, place
from fazhi.checking.answering.page import as_marked, write_answer
from fazhi.checking.check import check_draft
from fazhi.checking.judging.judgement import VERDICTS
from fazhi.documents.notebook_output import Shown, table
from fazhi.errors import LedgerError
from fazhi.town_year import TownYear


def read_and_check(town: TownYear, draft: str) -> Answer:
    """The answer to the draft in the file `draft`, written to `check/` beside the year's results too."""
    if not draft:
        raise LedgerError('没有指定文稿。请在参数格中写文稿的路径，如 draft = "D:/报告修改稿.docx"。')
    path = Path(draft).expanduser()
    answer = check_draft(town, path)
    write_answer(answer, path, town.processed / "check")
    return answer


def show_counts(answer: Answer) -> Shown:
    """How many figures met each verdict."""
    rows = [(label, answer.counts[verdict]) for verdict, label in VERDICTS.items()]
    return table(["结论", "个数"], rows, "verdicts")


def show_wrong(answer: Answer) -> Shown:
    """Each figure that is wrong or doubtful: where it stands, what should be."""
    shown = [one for one in answer.judgements if one.verdict in SHOWN]
    rows = [
        (place(answer.draft, one), excerpt(one), one.claim.quantity.text, VERDICTS[one.verdict], one.why)
        for one in shown
    ]
    rows += [("", remark, "", "请核对", "") for remark in (*answer.remark_lines, *answer.draft.tracked)]
    return table(["位置", "原文", "数", "结论", "说明"], rows, "wrong")


def show_draft(answer: Answer) -> Shown:
    """The draft itself, each figure in the colour of its verdict."""
    return Shown(as_marked(answer), answer.name)


def show_changes(answer: Answer) -> Shown:
    """What people changed between the year's own draft and this one."""
    rows = [(one.kind, one.ours, one.theirs, "；".join(one.figures)) for one in answer.changes]
    return table(["改动", "初稿", "修改稿", "数字"], rows, "changes")
