"""What a run says at its end: where things lie, each kind in a line, nothing that is not there."""

from pathlib import Path

import pytest

from fazhi.runs.nothing_to_do import document_lines, publication_lines
from fazhi.workspace.files import write_json


def test_each_kind_of_result_has_a_line():
    written = ["accounts/_returned.json", "appendix.xlsx", "report.docx", "report.html", "returned/司法所/a.xlsx",
               "returned/综合办/b.xlsx", "statistics.json", "trends.html", "trends.json", "working_papers.xlsx"]  # fmt: skip
    assert list(document_lines(Path("结果"), written)) == [
        "报告在 结果：report.html、report.docx",
        "  · 纠纷趋势：trends.html",
        "  · 附表：appendix.xlsx",
        "  · 工作底稿（内部，不公布）：working_papers.xlsx",
        "  · 退回科室更正：returned/ 下 2 个工作簿",
    ]
    assert list(document_lines(Path("结果"), ["statistics.json"])) == []


@pytest.mark.parametrize(
    ("withheld", "open_", "said"),
    [
        (0, 0, ["公布核查：由公布的各数推不出小于公布下限的数，没有隐去。"]),
        (2, 0, ["公布核查：由公布的各数推不出小于公布下限的数；为此改粗或隐去 2 处，见 disclosure.json（内部）。"]),
        (0, 1, ["公布核查：上年的材料已能推出 1 个小于公布下限的数，见 disclosure.json（内部）。"]),
    ],
)
def test_the_audit_of_what_is_published_has_a_line(tmp_path, withheld, open_, said):
    write_json(tmp_path / "disclosure.json", {"withheld": [{}] * withheld, "open": ["数"] * open_})
    assert list(publication_lines(tmp_path)) == said
    assert list(publication_lines(tmp_path / "none")) == []
