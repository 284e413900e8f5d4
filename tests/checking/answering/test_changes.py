"""What people changed between our draft and theirs."""

import pytest

from fazhi.checking.answering.changes import Change, changes

OURS = "一、主要举措\n全年开展应急演练14场，覆盖群众6042人次。法律咨询660件次。\n召开座谈会4次。受理意见2次，均已办结。"


@pytest.mark.parametrize(
    ("theirs", "found"),
    [
        (OURS, []),
        (OURS.replace("14场", "15场"), [("数字", ("14场→15场",))]),
        (OURS.replace("召开座谈会4次。", "召开居民座谈会4次。"), [("文字", ())]),
        (OURS.replace("覆盖群众6042人次", "覆盖各族群众6000余人次"), [("数字和文字", ("6042人次→6000余人次",))]),
        (OURS + "特此报告如上所述。", [("新增", ())]), (OURS.replace("法律咨询660件次。", ""), [("删去", ())]),
        (OURS.replace("一、", "（一）").replace("，", ","), []), (OURS.replace("14场", "14场※"), []),
        (OURS.replace("660件次", "660件次（见图1、表2）"), []), (OURS.replace("4次", "4次，见图3"), []),
        (OURS.replace("法律咨询660件次。", "") + "法律咨询660件次。", []),
    ],
)  # fmt: skip
def test_each_kind_of_change(theirs, found):
    assert [(one.kind, one.figures) for one in changes(OURS, theirs)] == found


def test_the_sentence_stands_beside_ours():
    (one,) = changes(OURS, OURS.replace("4次", "5次"))
    assert one == Change("数字", "召开座谈会4次。", "召开座谈会5次。", ("4次→5次",))


def test_lines_of_our_tables_are_not_new_and_another_paper_is_no_draft_of_ours():
    assert changes(OURS, OURS + "\n附表一", OURS + "\n附表一") == []
    assert changes(OURS, "别处的报告。说别的事。全年调解纠纷12件。") == []
