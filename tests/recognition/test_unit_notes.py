"""Units that stand apart from the titles: read where it is certain, asked about where it is not, in every kind of file."""

import pytest

from made.file_kinds import KINDS
from made.sheets import make_file, make_sheet

OUTREACH = ["宣传日期", "宣传形式", "入户家次", "发放宣传单"]
DAYS = [["2025-03-05", "入户宣传", 12, 30], ["2025-04-05", "入户宣传", 8, 25]]
PENALTIES = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额"]
FINES = [[f"罚〔2025〕{n}号", f"2025-0{n}-05", f"张{n}", "占道", 3 * n] for n in (1, 2)]


@pytest.fixture
def read(settings):
    """The values of a column that counts in a file, and the kinds of what is asked, but for missing columns."""
    from fazhi.cleaning.clean import clean
    from fazhi.recognition.ledgers import recognise

    def run(file, ledger, column):
        tables, issues = recognise(file, settings)
        result = clean(settings.specs.ledgers[ledger], [(file, table) for table in tables], settings, 2025)
        asked = {one.kind for one in issues if one.severity != "info"} - {"columns_missing"}
        return [None if value is None else int(value) for value in result.kept_values(column)], asked

    return run


def places(title, head, rows, unit):
    """The ways in which a unit may be noted apart from the titles."""
    return [
        make_sheet([[title], [f"单位：{unit}"], head, *rows]),
        make_sheet([[title], head, *rows, [f"注：本表单位为{unit}"]]),
        make_sheet([[title], head, *rows], above=(f"计量单位：{unit}",)),
    ]


@pytest.mark.parametrize(
    ("unit", "worth"), [("百张", 100), ("千张", 1000), ("张", 1), ("张、家次", 1), ("百张、元", 100)]
)
def test_counts_take_the_unit_noted_beside_the_table(read, unit, worth):
    for sheet in places("应急法治宣传台账", OUTREACH, DAYS, unit):
        assert read(make_file("a.xlsx", sheet), "emergency_outreach", "leaflets") == ([30 * worth, 25 * worth], set())


@pytest.mark.parametrize("unit", ["千份", "万人次"])
def test_a_unit_that_may_be_of_several_counts_is_asked_about(read, unit):
    for sheet in places("应急法治宣传台账", OUTREACH, DAYS, unit):
        values, asked = read(make_file("a.xlsx", sheet), "emergency_outreach", "leaflets")
        assert values == [None, None] and asked == {"title_unread"}


@pytest.mark.parametrize(
    ("unit", "worth"), [("万元", 10_000), ("万", 10_000), ("千元", 1000), ("件、万元", 10_000), ("件", 1)]
)
def test_sums_take_the_unit_noted_beside_the_table(read, unit, worth):
    for sheet in places("行政处罚台账", PENALTIES, FINES, unit):
        assert read(make_file("a.xlsx", sheet), "penalties", "fine_yuan") == ([3 * worth, 6 * worth], set())


@pytest.mark.parametrize("unit", ["美元", "元/万元", "元每万元", "港币"])
def test_a_unit_of_money_that_is_not_understood_is_asked_about(read, unit):
    row_below = make_sheet([["行政处罚台账"], PENALTIES, ["", "", "", "", unit], *FINES])
    for sheet in [*places("行政处罚台账", PENALTIES, FINES, unit), row_below]:
        values, asked = read(make_file("a.xlsx", sheet), "penalties", "fine_yuan")
        assert values == [None, None] and asked == {"title_unread"}


def test_the_name_of_an_office_is_no_unit(read):
    for sheet in places("行政处罚台账", PENALTIES, FINES, "青木镇司法所"):
        assert read(make_file("a.xlsx", sheet), "penalties", "fine_yuan") == ([3, 6], set())


@pytest.mark.parametrize(("units", "right"), [(["万元", "万元"], [30_000, 60_000]), (["万元", "元"], None)])
def test_a_column_of_units_is_read_where_it_says_the_same_throughout(read, units, right):
    rows = [[*row, unit] for row, unit in zip(FINES, units, strict=True)]
    sheet = make_sheet([["行政处罚台账"], [*PENALTIES, "单位"], *rows])
    values, asked = read(make_file("a.xlsx", sheet), "penalties", "fine_yuan")
    assert (values, asked) == (right, set()) if right else asked == {"column_decides"}


ROWS = [["行政处罚台账"], ["（单位：万元）"], PENALTIES, *FINES]


@pytest.mark.parametrize(("name", "made"), KINDS)
def test_a_unit_above_the_table_is_read_in_every_kind_of_file(read, tmp_path, name, made):
    from fazhi.intake import Reader

    (tmp_path / name).write_bytes(made(ROWS))
    with Reader() as reader:
        file = reader.read(tmp_path / name, name)
    assert read(file, "penalties", "fine_yuan") == ([30_000, 60_000], set())


@pytest.mark.parametrize(
    ("path", "sheet", "worth"),
    [
        ("宣传台账（单位：百张）.xlsx", "Sheet1", 100), ("宣传台账（千张）.xlsx", "Sheet1", 1000), ("宣传台账.xlsx", "单位 百张", 100),
        ("宣传台账（司法所）.xlsx", "单位 司法所", 1), ("宣传台账(2).xlsx", "(张)", 1),
    ],
)  # fmt: skip
def test_a_unit_in_the_name_of_a_file_or_sheet_is_read(read, path, sheet, worth):
    page = make_sheet([["应急法治宣传台账"], OUTREACH, *DAYS], name=sheet)
    assert read(make_file(path, page), "emergency_outreach", "leaflets") == ([30 * worth, 25 * worth], set())
