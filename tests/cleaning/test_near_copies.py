"""A row copied with one character of its name changed is asked about; rounds of equal rows and numbered series are not."""

import pytest

from fazhi.cleaning.clean import clean
from fazhi.recognition.ledgers import recognise
from made.any_ledger import make_rows, make_table
from made.sheets import make_file, make_sheet


@pytest.mark.parametrize(
    ("name", "column"),
    [("disputes", "applicant"), ("penalties", "decision_no"), ("inspections", "target"), ("honours", "title")],
)
@pytest.mark.parametrize("files", [1, 2])
def test_a_copied_row_with_one_character_more_is_asked_about(settings, town, name, column, files):
    ledger = settings.specs.ledgers[name]
    rows = make_rows(ledger, town, 12)
    place = list(ledger.columns).index(column)
    copied = [*rows[4][:place], f"{rows[4][place]}乙", *rows[4][place + 1 :]]
    tables = [[*rows, copied]] if files == 1 else [rows, [copied]]
    sources = []
    for number, table in enumerate(tables):
        file = make_file(f"{number}.xlsx", make_table(ledger, table))
        sources += [(file, told) for told in recognise(file, settings)[0]]
    result = clean(ledger, sources, settings, 2025)
    assert [(issue.kind, issue.severity) for issue in result.issues] == [("record_alike", "warning")]
    assert result.kept == 13


def inspections(*firms):
    head = ["检查日期", "检查对象", "检查领域", "检查人员", "发现隐患数"]
    return make_sheet([["行政执法检查台账"], head, *(["2025-03-05", firm, "消防", "张三", 0] for firm in firms)])


@pytest.mark.parametrize(
    "firms",
    [("第一小学", "第二小学"), ("东街饭店", "西街饭店"), ("好吃饭店", "清风超市", "好喝饭店"), ("福满楼", "迎春茶社")],
)
def test_a_round_of_inspections_asks_nothing(cleaned, firms):
    assert cleaned("inspections", inspections(*firms)).issues == []


def test_a_name_that_differs_in_a_character_on_one_day_is_asked_about(cleaned):
    (issue,) = cleaned("inspections", inspections("好吃饭店", "好乞饭店")).issues
    assert (issue.kind, issue.row) == ("record_alike", 3) and "检查对象不同" in issue.found
