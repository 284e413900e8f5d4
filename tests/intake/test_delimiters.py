"""The header line decides the delimiter: marks within a column of text begin below it."""

from pathlib import Path

import pytest

from fazhi.intake import Reader

TITLE = "法治宣传活动台账"
COMMAS = "活动日期,活动类型,参与人次,备注"


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        ([COMMAS, *[f"2025-0{m}-05,集中普法,{m}00,横幅;展板;传单;礼品;咨询" for m in range(1, 9)]], 4),
        ([TITLE, COMMAS, *[f"2025-0{m}-05,集中普法,{m}00,甲|乙|丙|丁|戊|己" for m in range(1, 9)]], 4),
        ([f"{TITLE},,,", COMMAS, *[f"2025-0{m}-05,集中普法,{m}00,甲;乙;丙;丁;戊" for m in range(1, 9)]], 4),
        (["单位:司法所;填表人:张某;日期:2025;第1页;共1页", COMMAS, *[f"2025-0{m}-05,集中普法,{m}00,无" for m in range(1, 9)]], 4),
        ([COMMAS.replace(",", ";"), *[f"2025-0{m}-05;集中普法;{m}00;横幅,展板,传单,礼品,咨询" for m in range(1, 9)]], 4),
        ([COMMAS.replace(",", "\t"), *[f"2025-0{m}-05\t集中普法\t{m}00\t横幅,展板,传单;礼品;咨询" for m in range(1, 9)]], 4),
        ([COMMAS.replace(",", "|"), "2025-01-05|集中普法|100|无"], 4),
        (["类别,事项", *[f"公证,办理{n};咨询;代办" for n in range(6)]], 2),
    ],
)  # fmt: skip
def test_the_header_decides(tmp_path: Path, lines: list[str], header: int) -> None:
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    with Reader() as reader:
        rows = reader.read(tmp_path / "a.csv", "a.csv").sheets[0].rows
    assert max(len(row) for row in rows if row and row[0] in ("活动日期", "类别")) == header
    assert all(len(row) == header for row in rows[2:])


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (["2025-01-05,集中普法,1,200,", "2025-01-06,集中普法,60,"], 2), (["2025-01-05,集中普法,60,雨,改期"], 2), (["2025-01-05,集中普法,¥1,200.50元,"], 2),
        ([*["2025-01-05,集中普法,60,无"] * 2, "2025-01-05,集中普法,1,200,无"], 4), (["2025-01-05,集中普法,60,"] * 2, None),
        (["2025-01-05,集中普法,60,,,"], None), (["2025-01-05,集中普法,60", "2025-01-05,集中普法"], None), (['2025-01-05,集中普法,"1,200",无'], None),
    ],
)  # fmt: skip
def test_a_mark_within_a_field_that_moves_the_others_on_is_a_warning(
    tmp_path: Path, lines: list[str], row: int | None
) -> None:
    (tmp_path / "a.csv").write_text("\n".join([COMMAS, *lines]), "utf-8")
    with Reader() as reader:
        findings = reader.read(tmp_path / "a.csv", "a.csv").findings
    assert [(finding.severity, finding.row) for finding in findings] == ([("warning", row)] if row else [])
