"""Blanks below a value: filled where they certainly mean the value above, else asked about."""

from datetime import date

import pytest

from made.sheets import make_sheet, records

HEAD = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "调解结果"]
GROUPED = [
    ("2025-01-05", "龙井村"), ("2025-04-05", None), ("2025-07-05", None),
    ("2025-02-05", "青木村"), ("2025-03-05", None), ("2025-01-09", "桂花村"), ("2025-05-05", ""),
]  # fmt: skip


def disputes(*rows, kinds=()):
    lines = [
        [day, village, kinds[at] if kinds else "邻里纠纷", f"张小{at}", f"李大{at}", "调解成功"]
        for at, (day, village) in enumerate(rows)
    ]
    return make_sheet([["矛盾纠纷调解台账"], HEAD, *lines, ["合计", None, len(rows)]])


def asked(settings, sheet):
    from fazhi.recognition.ledgers import recognise
    from made.sheets import make_file

    return [
        (issue.kind, issue.column)
        for issue in recognise(make_file("a.xlsx", sheet), settings)[1]
        if issue.kind != "columns_missing"
    ]


def test_a_village_written_once_for_its_group_is_that_of_all_its_rows(cleaned, settings):
    sheet = disputes(*GROUPED)
    assert cleaned("disputes", sheet).kept_values("village") == ["龙井村"] * 3 + ["青木村"] * 2 + ["桂花村"] * 2
    assert asked(settings, sheet) == []


def test_a_type_written_once_for_its_group_is_read_too(cleaned):
    days = [(day, "龙井村") for day, _ in GROUPED]
    kinds = ["邻里纠纷", None, None, "合同纠纷", None, "婚姻家庭纠纷", None]
    result = cleaned("disputes", disputes(*days, kinds=kinds))
    assert result.kept_values("category") == ["邻里纠纷"] * 3 + ["合同纠纷"] * 2 + ["婚姻家庭纠纷"] * 2


def test_a_day_written_once_is_that_of_the_rows_below(cleaned):
    rows = [["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"]]
    for at, day in enumerate(["2025-03-05", None, None, "2025-04-06", None]):
        rows.append([day, "消防", "龙井村", 10 + at])
    result = cleaned("drills", make_sheet(rows))
    assert result.kept_values("held_on") == [date(2025, 3, 5)] * 3 + [date(2025, 4, 6)] * 2


def test_a_lonely_missing_day_is_sent_back(cleaned):
    rows = [["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"]]
    for at, day in enumerate(["2025-03-05", None, "2025-04-06", "2025-05-06", "2025-06-06"]):
        rows.append([day, "消防", "龙井村", 10 + at])
    fates = [one.fate for one in records(cleaned("drills", make_sheet(rows)))]
    assert fates == ["kept", "quarantined", "kept", "kept", "kept"]


@pytest.mark.parametrize(
    "villages",
    [["龙井村", None, None, "青木村", None, "龙井村", None], ["龙井村", None, None, None, "青木村", None, "桂花村"]],
    ids=["a village comes again", "the days begin anew elsewhere"],
)
def test_blanks_that_may_be_gaps_are_asked_about_and_stay(cleaned, settings, villages):
    sheet = disputes(*((day, village) for (day, _), village in zip(GROUPED, villages, strict=True)))
    assert ("blanks_unclear", "村(居)") in asked(settings, sheet)
    assert cleaned("disputes", sheet).kept_values("village")[1] is None


def test_a_few_gaps_are_no_question(settings):
    villages = ["龙井村", "龙井村", None, "青木村", "青木村", "桂花村", "桂花村"]
    sheet = disputes(*((day, village) for (day, _), village in zip(GROUPED, villages, strict=True)))
    assert asked(settings, sheet) == []
