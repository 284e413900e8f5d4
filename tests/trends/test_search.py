"""One cause is told once, at its level; a plain town is told nothing; what may be published is marked."""

from decimal import Decimal

import pandas as pd
import pytest

from fazhi.trends import finding, search, wording
from fazhi.trends import records as dispute_rows
from made.trends_towns import LEDGER, disputes, more, rows, unit


def claims(frame, years=(2022, 2023, 2024, 2025)):
    found = search.find(disputes(frame, years), unit())
    return [(one.kind, one.village, one.category, one.period) for one in found if one.claims]


@pytest.fixture(scope="module")
def padded():
    frame = rows()
    for month in range(1, 13):
        frame = more(
            frame, 14, village="丁村", accepted_on=f"2025-{month:02}-{month + 7:02}", applicant="Px", respondent="Py"
        )
    return search.find(disputes(frame), unit())


def test_a_plain_town_is_told_nothing_and_why():
    found = search.find(disputes(rows()), unit())
    assert [one.sentence for one in found if one.claims] == []
    total = next(one for one in found if one.kind == "change")
    assert total.sentence == "全镇2025年120件，上年120件，持平（1倍，95%区间0.77—1.3倍），在偶然波动范围内。"


def test_a_padded_village_is_one_question_with_its_signs_as_parts(padded):
    (one,) = [found for found in padded if found.claims]
    assert (one.kind, one.village, one.period) == ("padding", "丁村", "2025")
    assert [part.kind for part in one.parts] == ["repeat"]
    assert "请向填报单位核实" in one.sentence and "192件，占全镇288件的66.7%" in one.sentence
    total = next(found for found in padded if found.kind == "change")
    assert "其变化来自丁村" in total.sentence and not total.claims
    forecast = next(found for found in padded if found.kind == "forecast")
    assert forecast.sentence == "台账中有待核实的问题，核实之前不给出2026年预测。" and not forecast.claims


def test_no_pseudonym_is_told(padded):
    assert "Px" not in str(search.document(padded))


def test_a_step_is_not_told_again_as_a_change():
    frame = rows()
    for month in range(1, 13):
        for day in (3, 12, 25):
            frame = more(frame, 1, village="丙村", accepted_on=f"2025-{month:02}-{day:02}")
    assert claims(frame) == [("step", "丙村", None, "2025-01")]


def test_a_season_and_a_missing_month():
    frame = rows()
    for year in (2022, 2023, 2024, 2025):
        for day in range(1, 25, 3):
            frame = more(frame, 2, category="山林土地纠纷", accepted_on=f"{year}-04-{day:02}")
    frame = frame[pd.to_datetime(frame["accepted_on"]).dt.strftime("%Y-%m") != "2023-09"]
    assert claims(frame) == [("gap", None, None, "2023-09"), ("season", None, "山林土地纠纷", "04/04")]


def test_months_after_the_last_row_are_asked_about_and_not_compared():
    found = search.find(disputes(rows(months=9)), unit())
    assert [(one.kind, one.period) for one in found if one.claims] == [("gap", "2025-10/2025-12")]
    assert "尚未到期" in found[0].sentence
    assert any("2025年1—9月90件，上年同期90件" in one.sentence for one in found)


def test_one_year_alone_is_not_compared():
    found = search.find(disputes(rows((2025,)), (2025,)), unit())
    assert [one.claims for one in found] == [False]
    assert found[0].sentence == "只有2025年的台账，没有其他年份，不能比较。"


def test_a_district_is_told_town_by_town():
    plain = disputes(rows())
    other = dispute_rows.of_frames({2025: rows((2025,))}, "白沙镇", LEDGER)
    assert {one.town for one in search.find(dispute_rows.join([plain, other]), unit())} == {"青木镇", "白沙镇"}


def test_nothing_in_view_and_narrowed_views_say_so():
    assert search.find(disputes(rows()).only(village="没有村"), unit())[0].sentence == "所选范围内没有计入的矛盾纠纷。"
    narrow = search.find(disputes(rows()).only(category="邻里纠纷"), unit())
    assert {one.category for one in narrow} == {"邻里纠纷"}


def test_a_hotspot_is_kept_from_the_public_below_the_threshold():
    frame = more(rows(), 60, village="甲村", category="合同纠纷")
    strict = unit().model_copy(update={"suppress_below": 500})
    for who, shown in ((unit(), True), (strict, False)):
        spots = [one for one in search.find(disputes(frame), who) if one.kind == "hotspot"]
        assert [(one.village, one.category) for one in spots] == [("甲村", "合同纠纷")]
        assert bool(finding.public(spots)) is shown


def test_the_document_has_every_key_and_plain_numbers(padded):
    told = search.document(padded, disputes(rows()))
    keys = {"kind", "village", "category", "period", "size", "interval", "confidence", "sentence"}
    assert all(keys <= set(entry) for entry in told["findings"] + told["notes"])
    assert told["findings"][0]["size"] == 0.6667 and len(told["findings"][0]["interval"]) == 2
    assert told["scope"]["years"] == [2022, 2023, 2024, 2025]


def test_the_same_rows_tell_the_same():
    frame = rows()
    assert search.find(disputes(frame), unit()) == search.find(disputes(frame.iloc[::-1]), unit())


def test_sums_of_last_year_are_compared_by_their_median():
    frame = rows()
    this = frame["accepted_on"].dt.year == 2025
    frame.loc[this, "amount_yuan"] = [amount * 9 + Decimal(7) for amount in frame.loc[this, "amount_yuan"]]
    (one,) = [found for found in search.find(disputes(frame), unit()) if found.claims]
    assert one.measure == "协议金额之差" and one.confidence == "firm"


def test_many_signs_of_a_padded_village_are_counted_in_its_sentence_and_kept_as_parts():
    frame = rows()
    for month in range(1, 13):
        for pair in (1, 2):
            day = f"2025-{month:02}-{month + 7 * pair:02}"
            frame = more(frame, 8, village="丁村", accepted_on=day, applicant=f"Px{pair}", respondent=f"Py{pair}")
    (one,) = [found for found in search.find(disputes(frame), unit()) if found.claims]
    assert [part.kind for part in one.parts].count("repeat") == 2
    assert "当事人或结案天数相同的有2组，各96件。" in one.sentence and one.sentence.count("同一对当事人") == 0


def test_one_busy_day_is_a_burst_and_no_padded_year():
    frame = more(rows(), 40, village="丁村", accepted_on="2025-05-20")
    assert claims(frame) == [("burst", "丁村", None, "2025-05-20")]


def test_the_months_compared_are_told_as_spans():
    frame = rows()
    frame = frame[pd.to_datetime(frame["accepted_on"]).dt.strftime("%Y-%m") != "2025-02"]
    told = [found.sentence for found in search.find(disputes(frame), unit())]
    assert any(sentence.startswith("全镇2025年1月、3—12月110件，上年同期110件") for sentence in told)


def test_a_ledger_without_any_known_village_or_type_is_still_compared():
    found = search.find(disputes(rows().assign(village=None, category=None)), unit())
    assert [one.sentence for one in found if one.claims] == []
    assert found[0].sentence.startswith("全镇2025年120件，上年120件")


def test_an_interval_beyond_no_change_is_not_called_plain_chance():
    assert wording.by_chance((0.9, 1.4), 1.0) == wording.by_chance((None, None), 1.0) == "在偶然波动范围内。"
    told = "同时比较的项目多，尚不能排除偶然。"
    assert wording.by_chance((1.1, None), 1.0) == wording.by_chance((-0.1, -0.01), 0.0) == told


def test_a_step_that_lies_in_one_type_of_one_village_names_both():
    frame = rows()
    for month in range(7, 19):
        day = f"{2024 + month // 12}-{month % 12 + 1:02}-09"
        frame = more(frame, 5, village="丙村", category="合同纠纷", accepted_on=day)
    (one,) = [found for found in search.find(disputes(frame), unit()) if found.claims]
    assert (one.kind, one.village, one.category, one.period) == ("step", "丙村", "合同纠纷", "2024-08")
    assert one.sentence.endswith("增加的约60件中约60件是合同纠纷。") or "增加的" in one.sentence
    assert one.wider is not None and one.wider.category is None and "合同纠纷" not in one.wider.sentence


def test_what_is_narrowed_is_named():
    frame = rows()
    for month in range(1, 13):
        frame = more(frame, 6, village="丙村", category="合同纠纷", accepted_on=f"2025-{month:02}-09")
    narrow = search.find(disputes(frame).only(category="合同纠纷"), unit())
    told = [one.sentence for one in narrow if one.kind in ("step", "change") and "用时" not in one.sentence]
    assert told and all("合同纠纷" in sentence and "全镇2025年" not in sentence for sentence in told)
    assert narrow[0].sentence.startswith("丙村的合同纠纷2025年登记79件，占合同纠纷112件的")


def test_a_year_cut_off_mid_month_is_compared_with_the_same_days():
    frame = rows()
    frame = frame[(frame["accepted_on"] <= "2025-09-12")]
    day = frame["accepted_on"].dt
    same = frame[(day.year == 2024) & ((day.month < 9) | ((day.month == 9) & (day.day <= 7)))]
    told = [one.sentence for one in search.find(disputes(frame), unit())]
    assert any(f"全镇2025年1月1日—9月7日{(day.year == 2025).sum()}件，上年同期{len(same)}件" in one for one in told)


def test_a_share_that_rises_in_january_is_a_step_and_no_padding():
    frame = rows()
    for month in range(1, 13):
        for year in (2024, 2025):
            frame = more(frame, 5, village="丙村", accepted_on=f"{year}-{month:02}-09")
    assert claims(frame) == [("step", "丙村", None, "2024-01")]
