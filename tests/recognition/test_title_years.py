"""Which year a title, a sheet's, a file's or a folder's name speaks of."""

import pytest

from fazhi.recognition.ledgers import recognise
from fazhi.recognition.title_years import other_years, titled_years
from made.sheets import make_file, make_sheet

DRILLS = [["演练日期", "演练类型", "地点", "参与人数"], ["2025-03-05", "消防", "龙井村", 60]]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024年陶家镇应急演练台账", {2024}),
        ("应急演练台账2024", {2024}),
        ("2024_应急演练（终稿）", {2024}),
        ("24年演练台账", {2024}),
        ("二〇二四年度演练", {2024}),
        ("演练202412", {2024}),
        ("2024年12月演练台账", {2024}),
        ("2024—2025年演练台账", {2024, 2025}),
        ("台账20241230", {2024}),
        ("2024年1月1日至2024年12月31日", {2024}),
        ("填报日期：2024年12月30日", {2024}),
        ("2026年演练台账", {2026}),
        # drawn up once the year was over
        ("填报日期：2026年1月5日", set()),
        ("台账202601", set()),
        # another paper's year, and no year at all
        ("青府发〔2024〕3号", set()),
        ("根据《条例》（2024年修订）填写", set()),
        ("应急演练台账（2023版）", set()),
        ("渝应急2023年6月制", set()),
        ("2024年制表", {2024}),
        ("共2024件", set()),
        ("近20年", set()),
        ("第一季度", set()),
    ],
)
def test_a_title_speaks_of_years(text, years):
    assert titled_years(text, 2025) == years


@pytest.mark.parametrize(
    ("path", "sheet", "title", "found"),
    [
        ("应急办/演练.xlsx", "Sheet1", "2024年应急演练台账", {"标题": {2024}}),
        ("应急办/演练.xlsx", "2024", "应急演练台账", {"工作表名": {2024}}),
        ("应急办/演练2024.xlsx", "Sheet1", "应急演练台账", {"文件名": {2024}}),
        ("应急办/2024年/演练.xlsx", "Sheet1", "应急演练台账", {"文件夹名": {2024}}),
        ("应急办/演练2025.xlsx", "Sheet1", "应急演练台账", {}),
        ("应急办/演练.xlsx", "Sheet1", "2023-2026年应急演练台账", {}),
        ("2024办/演练.xlsx", "Sheet1", "应急演练台账", {}),  # the office's own folder
    ],
)
def test_every_place_that_names_a_year_is_looked_at(settings, path, sheet, title, found):
    tables, _ = recognise(make_file(path, make_sheet([[title], *DRILLS], sheet)), settings)
    assert other_years(path, tables[0], 2025) == found


def test_a_plan_is_next_years(settings):
    rows = [["2026年下一年度工作计划指标表"], ["指标", "目标值", "单位"], ["演练", 3, "场"]]
    tables, _ = recognise(make_file("a.xlsx", make_sheet(rows)), settings)
    assert other_years("a.xlsx", tables[0], 2025) == {}
    assert other_years("a.xlsx", tables[0], 2027) == {"标题": {2026}}
