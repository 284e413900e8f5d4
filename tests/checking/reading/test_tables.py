"""The cells of a draft's tables, bound by the titles of their rows and columns, in plain text and in Word."""

from decimal import Decimal

import docx
import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.check import judged
from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from fazhi.checking.reading.draft import read_draft
from fazhi.dictionary.loading import load_specs

VALUES = {
    "disputes.mediated": (125, 118), "disputes.success_rate": ("0.944", "0.957"), "disputes.amount_yuan": (6_393_300, 5_000_000),
    "drills.held": (14, 12), "drills.participants": (6042, 5318), "inspections.visits": (371, 352),
}  # fmt: skip
ROWS = [
    ["序号", "指标", "单位", "2025年", "上年", "增减"],
    ["1", "调解矛盾纠纷", "件", "125", "118", "7"],
    ["2", "调解成功率", "%", "94.4", "95.7", "-1.3个百分点"],
    ["3", "调解协议金额", "万元", "639.33", "500", ""],
    ["4", "应急演练", "场", "14", "12", "+2"],
    ["5", "参演人次", "人次", "6042", "5318", ""],
    ["6", "执法检查", "", "371家次，同比增长5.4%", "352", ""],
]
ACROSS = [["项目", "应急演练（场）", "调解纠纷（件）"], ["本年", "14", "125"], ["上年", "12", "118"]]


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    specs = load_specs().indicators
    figures = [Figure(specs[name], Decimal(now), Decimal(before), {}) for name, (now, before) in VALUES.items()]
    return Ledgers(2025, tuple(figures), lambda *_: None, {}, (), frozenset())


def _written(folder, rows, kind):
    if kind == "docx":
        document = docx.Document()
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.save(folder / "稿.docx")
    else:
        lines = ["\t".join(row) if kind == "txt" else f"| {' | '.join(row)} |" for row in rows]
        rule = ["|---" * len(rows[0]) + "|"] if kind == "md" else []
        (folder / f"稿.{kind}").write_text("\n".join(["一、情况表", *lines[:1], *rule, *lines[1:]]), encoding="utf-8")
    return read_draft(folder / f"稿.{kind}")


def _judged(folder, rows, kind, ledgers):
    draft = _written(folder, rows, kind)
    found = judge(bind(draft.text, ledgers, draft.tables), ledgers)
    for one in found:
        assert draft.text[one.claim.quantity.start : one.claim.quantity.end].strip() in one.claim.quantity.text
    return [(one.claim.quantity.text, one.verdict) for one in found]


@pytest.mark.parametrize("kind", ["txt", "md", "docx"])
@pytest.mark.parametrize("rows", [ROWS, ACROSS])
def test_right_cells_are_right_and_a_wrong_one_is_found(tmp_path, rows, kind, ledgers):
    told = _judged(tmp_path, rows, kind, ledgers)
    assert {verdict for _, verdict in told} <= {"right", "derived"} and len(told) == (16 if rows is ROWS else 4)
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            if text.isdigit() and len(text) > 1:
                wrong = [[*one] for one in rows]
                wrong[at][place] = text[::-1] if text != text[::-1] else f"1{text}"
                flagged = [number for number, verdict in _judged(tmp_path, wrong, kind, ledgers) if verdict == "wrong"]
                assert flagged == [wrong[at][place]]


def test_a_column_of_offices_says_whose_work_it_is_and_a_row_of_parts_is_named_by_all_its_labels(tmp_path, ledgers):
    rows = [
        ["单位", "事项", "上年", "本年"],
        ["平安办", "调解矛盾纠纷（件）", "118", "125"],
        ["", "应急演练（场）", "12", "41"],
    ]
    assert _judged(tmp_path, rows, "md", ledgers) == [
        ("118", "right"), ("125", "right"), ("12", "right"), ("41", "wrong"),
    ]  # fmt: skip


def test_a_plan_is_no_result_and_a_table_of_another_year_is_not_held_against_this_one(tmp_path, ledgers):
    rows = [["事项", "2026年计划", "目标值"], ["应急演练（场）", "20", "30"]]
    assert {verdict for _, verdict in _judged(tmp_path, rows, "md", ledgers)} <= {"unknown"}
    draft = "附表 2023年工作情况\n\n| 事项 | 数量 |\n|---|---|\n| 应急演练（场） | 30 |\n"
    (tmp_path / "旧.md").write_text(draft, encoding="utf-8")
    assert [one.verdict for one in judged(read_draft(tmp_path / "旧.md"), "旧.md", 2025, ledgers).judgements] == [
        "unknown"
    ]


def test_what_a_table_says_of_other_things_is_not_called_wrong(tmp_path, ledgers):
    rows = [
        ["项目", "单位", "数量"],
        ["常住人口", "人", "23600"],
        ["调解员", "名", "31"],
        ["道路交通劝导", "人次", "312"],
    ]
    assert {verdict for _, verdict in _judged(tmp_path, rows, "md", ledgers)} <= {"unknown"}


def test_how_many_mediators_there_are_is_no_number_of_mediations(tmp_path, ledgers):
    rows = [["单位", "调解纠纷（件）", "调解员（人）"], ["全镇", "125", "125"]]
    assert [verdict for _, verdict in _judged(tmp_path, rows, "md", ledgers)] == ["right", "unknown"]


@pytest.mark.parametrize(
    "line",
    ["甲" * 24 + " " * 5000, " " * 5000 + "甲　" * 50, "|" * 20_000, "14场，分别" * 400, "1  " * 20_000 + "\n1  2"],
)
def test_hostile_lines_end(tmp_path, line, ledgers):
    (tmp_path / "稿.txt").write_text(f"{line}\n{line}", encoding="utf-8")
    assert judged(read_draft(tmp_path / "稿.txt"), "稿.txt", 2025, ledgers)
