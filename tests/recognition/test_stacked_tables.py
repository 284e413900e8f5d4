"""Several ledgers one below the other: read where each has its title and header, else asked about."""

import pytest

from made.sheets import make_file, make_sheet

DRILLS = [["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"], ["2025-03-05", "消防", "龙井村", 60]]
OUTREACH = [["应急法治宣传台账"], ["宣传日期", "宣传形式", "入户家次", "发放宣传单"], ["2025-04-05", "入户宣传", 5, 9]]
STUDIES = [["学法培训台账"], ["学习日期", "学习类别", "学习内容", "参加人数"], ["2025-05-05", "专题学习", "民法典", 30]]


@pytest.fixture
def read(settings):
    """Recognise one sheet: its tables, what is asked, and the cleaned ledgers by name."""
    from fazhi.cleaning.clean import clean
    from fazhi.recognition.ledgers import recognise

    def run(sheet):
        file = make_file("应急管理办/台账.xlsx", sheet)
        tables, issues = recognise(file, settings)
        cleaned = {
            table.ledger: clean(settings.specs.ledgers[table.ledger], [(file, table)], settings, 2025)
            for table in tables
        }
        return cleaned, [issue.kind for issue in issues if issue.severity != "info"]

    return run


@pytest.mark.parametrize("gap", [[], [[]], [[], []], [["填表人：某某"], []]])
def test_ledgers_below_each_other_are_read_each_with_its_own_rows(read, gap):
    cleaned, asked = read(make_sheet([*DRILLS, *gap, *OUTREACH, *gap, *STUDIES]))
    assert asked == []
    assert {name: result.kept for name, result in cleaned.items()} == {
        "drills": 1,
        "emergency_outreach": 1,
        "studies": 1,
    }


def test_every_row_of_such_a_sheet_is_accounted_for_once(read):
    from fazhi.cleaning.clean_table import fate_table

    sheet = make_sheet([*DRILLS, [], *OUTREACH, ["合计", None, 5, 9]])
    cleaned, _ = read(sheet)
    told = fate_table([fates for result in cleaned.values() for fates in result.fates]).to_pydict()
    assert told["row"] == list(range(1, 9))
    assert [row for row, fate in zip(told["row"], told["fate"], strict=True) if fate == "kept"] == [3, 7]
    assert set(told["ledger"][:4]) == {"drills"} and set(told["ledger"][4:]) == {"emergency_outreach"}


def test_a_unit_below_one_table_is_not_the_others(read):
    contracts = [
        ["合同合法性审查台账"],
        ["审查日期", "合同名称", "送审科室", "合同金额"],
        ["2025-03-05", "甲", "党政办", 3],
    ]
    fines = [
        ["行政处罚台账"],
        ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额"],
        ["罚〔2025〕1号", "2025-03-05", "某", "占道", 3],
    ]
    cleaned, _ = read(make_sheet([*contracts, ["注：金额单位为万元"], [], *fines]))
    assert int(cleaned["contracts"].kept_values("amount_yuan")[0]) == 30_000
    assert int(cleaned["penalties"].kept_values("fine_yuan")[0]) == 3


@pytest.mark.parametrize("second", [OUTREACH[1:], [["另一张表"], *OUTREACH[1:]]], ids=["no title", "an unknown title"])
def test_a_table_without_its_title_is_asked_about(read, second):
    _, asked = read(make_sheet([*DRILLS, [], *second]))
    assert "sheet_several" in asked


def test_the_same_ledger_again_is_one_table(read):
    cleaned, asked = read(make_sheet([*DRILLS, [], *DRILLS[:2], ["2025-06-05", "防汛", "青木村", 10]]))
    assert asked == [] and cleaned["drills"].kept == 2
