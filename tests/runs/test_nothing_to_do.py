"""What a run says at its end: where things lie, each kind in a line, nothing that is not there."""

from pathlib import Path

from fazhi.runs.nothing_to_do import document_lines


def test_each_kind_of_result_has_a_line():
    written = ["accounts/_returned.json", "appendix.xlsx", "report.docx", "report.html", "returned/司法所/a.xlsx",
               "returned/综合办/b.xlsx", "statistics.json", "trends.html", "trends.json"]  # fmt: skip
    assert list(document_lines(Path("结果"), written)) == [
        "报告在 结果：report.html、report.docx",
        "  · 纠纷趋势：trends.html",
        "  · 附表：appendix.xlsx",
        "  · 退回科室更正：returned/ 下 2 个工作簿",
    ]
    assert list(document_lines(Path("结果"), ["statistics.json"])) == []
