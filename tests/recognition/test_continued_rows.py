"""Text that goes on in the next row belongs to the record above; what may be a record of its own is sent back."""

import pytest

from made.sheets import make_sheet, records

HEAD = ["序号", "处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额", "是否缴纳"]


def penalties(*extra):
    rows = [["行政处罚台账"], HEAD]
    for number in (1, 2):
        rows.append(
            [number, f"罚决〔2025〕{number}号", f"2025-0{number}-07", f"张小{number}", "占道", 100 * number, "是"]
        )
        rows += [extra] if number == 1 else []
    return make_sheet([list(row) for row in rows])


def test_text_that_goes_on_in_the_next_row_is_of_the_record_above(cleaned):
    rows = [["合同合法性审查台账"], ["序号", "审查日期", "合同名称", "送审科室", "合同金额"]]
    rows += [
        [1, "2025-01-07", "农贸市场改造", "党政办", 100],
        [None, None, "工程施工合同"],
        [2, "2025-02-07", "保洁合同", "党政办", 50],
    ]
    result = cleaned("contracts", make_sheet(rows))
    assert result.kept_values("contract") == ["农贸市场改造工程施工合同", "保洁合同"]
    assert result.fates[0].reasons[3] == "part"


def test_a_name_in_the_next_row_is_another_party_of_the_same_record(cleaned):
    result = cleaned("penalties", penalties(None, None, None, "王小三", None))
    assert [record.cell("party") for record in records(result)] == ["张小1、王小三", "张小2"]


def test_a_heading_between_records_is_no_text_of_the_record_above(cleaned):
    result = cleaned("penalties", penalties(None, None, None, "二月份", None))
    assert [record.cell("party") for record in records(result)] == ["张小1", "张小2"]


@pytest.mark.parametrize(
    "extra",
    [
        (None, None, None, "王小三", "占道", 300, None),
        (3, None, None, "王小三", "占道"),
        (None, None, None, "同上", "噪声扰民"),
        (None, None, None, None, "噪声", None, "是"),
    ],
    ids=["a sum", "a number", "ditto", "a closed value"],
)
def test_a_row_that_may_be_a_record_of_its_own_is_sent_back(cleaned, extra):
    assert [record.fate for record in records(cleaned("penalties", penalties(*extra)))] == [
        "kept",
        "quarantined",
        "kept",
    ]
