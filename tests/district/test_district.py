"""The roll-up of towns whose figures can be added up by hand."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml

from fazhi.cleaning.fate_labels import FATES
from fazhi.dictionary.loading import load_specs
from fazhi.district import page, read_results, write_district
from fazhi.district.comparison import compare, totals
from fazhi.district.document import absent_sheet, sheets
from fazhi.district.intervals import change_interval, change_p_value, rate_interval, rate_p_value
from fazhi.district.results import town_labels
from fazhi.district.tables import disputes_sheet, district_months, months_sheet
from fazhi.documents.workbook import read_workbook
from fazhi.workspace.files import write_json, write_parquet
from fazhi.workspace.paths import Workspace
from made.figures import entry, ledger_state, statistics
from made.sheets import TOWN

SPECS = load_specs()
MEDIATED, RATE, FINES, ITEMS = (
    "disputes.mediated",
    "disputes.success_rate",
    "penalties.fines_yuan",
    "service_items.categories",
)


def figure(value, numerator=None, denominator=None, previous=None, open_rows=0):
    """An indicator's entry, as far as the roll-up reads it."""
    numerator = value if denominator is None else numerator
    return entry(value, previous, numerator=numerator, denominator=denominator, open_rows=open_rows)


def make_results(root: Path, path: str, name: str, months: dict[int, list[int]], missing: str = "", **figures) -> None:
    """A town with results: `months` the disputes of each month by year; `figures` by year, `y2025={id: figure}`."""
    place = Workspace(root / path)
    for year, counts in months.items():
        place.raw(year).mkdir(parents=True)
        days = [date(year, month, 1) for month, count in enumerate(counts, 1) for _ in range(count)]
        write_parquet(place.processed(year) / "clean" / "disputes.parquet", pd.DataFrame({"accepted_on": days}))
        ledgers = {
            ledger: ledger_state(status="missing" if ledger == missing else "read", **dict.fromkeys(FATES, 1))
            for ledger in SPECS.ledgers
        }
        told = statistics(figures.get(f"y{year}", {}), ledgers, year=year)
        write_json(place.processed(year) / "statistics.json", told)
        asked = [("error", "file_refused"), ("error", "row_quarantined"), ("info", "correction")]
        write_parquet(place.processed(year) / "issues.parquet", pd.DataFrame(asked, columns=["severity", "kind"]))
    text = yaml.safe_dump({**TOWN, "name": name}, allow_unicode=True)
    place.unit_file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Three towns: 青木镇 with both years, 白沙镇 with a small month and no last year, and a second 青木镇."""
    root = tmp_path_factory.mktemp("rolled") / "江岭区"
    make_results(
        root, "甲", "青木镇", {2024: [5] * 12, 2025: [10] * 12},
        y2024={MEDIATED: figure(60), RATE: figure(0.5, 20, 40)},
        y2025={MEDIATED: figure(120, previous=60), RATE: figure(0.9, 90, 100, previous=0.5), FINES: figure(100.1), ITEMS: figure(8)},
    )  # fmt: skip
    make_results(
        root, "乙[1]", "白沙镇", {2025: [4] * 11 + [1]}, missing="penalties",
        y2025={MEDIATED: figure(45, open_rows=2), RATE: figure(0.5, 5, 10), FINES: figure(None), ITEMS: figure(6)},
    )  # fmt: skip
    make_results(
        root, "丙", "青木镇", {2024: [4] * 12, 2025: [4] * 12},
        y2024={MEDIATED: figure(48), RATE: figure(1.0, 4, 4)},
        y2025={MEDIATED: figure(48, previous=48), RATE: figure(1.0, 4, 4, previous=1.0), FINES: figure(200.2), ITEMS: figure(8)},
    )  # fmt: skip
    return root


@pytest.fixture(scope="module")
def results(root):
    return read_results(root, 2025, ["甲", "乙[1]", "丙"])


def test_counts_are_added_rates_made_anew_and_the_rest_is_left(results):
    told = {total.spec.id: total for total in totals(results, SPECS.indicators)}
    assert (told[MEDIATED].value, told[MEDIATED].towns, told[MEDIATED].open_rows) == (213, 3, 2)
    assert (told[MEDIATED].last, told[MEDIATED].change, told[MEDIATED].both) == (108, pytest.approx(168 / 108 - 1), 2)
    assert told[RATE].value == pytest.approx(99 / 114)  # not the mean of 0.9, 0.5 and 1
    assert told[RATE].change == pytest.approx(94 / 104 - 24 / 44)
    assert (told[FINES].value, told[FINES].towns) == (300.3, 2)
    assert told[ITEMS].value is None
    assert (told["drills.held"].value, told["drills.held"].towns) == (None, 0)


def test_ranks_share_ties_and_small_bases_have_none(results):
    rates = compare(results, SPECS.indicators[RATE]).set_index("town")
    assert rates["rank"].to_dict() == {
        "青木镇（丙）": pytest.approx(float("nan"), nan_ok=True),
        "青木镇（甲）": 1,
        "白沙镇": 2,
    }
    assert rates.loc["白沙镇", "said"] == "可能低于其余各镇"  # 5 of 10 against 94 of 104
    counts = compare(results, SPECS.indicators[MEDIATED]).set_index("town")
    assert counts.loc["青木镇（甲）", "said"] == "增加"
    assert counts.loc["青木镇（丙）", "said"] == "偶然范围内"
    assert counts.loc["白沙镇", "said"] is None
    assert compare(results, SPECS.indicators[ITEMS])["rank"].isna().all()


def test_intervals_and_chances_are_the_textbooks():
    low, high = rate_interval(pd.array([5.0]).to_numpy(), pd.array([10.0]).to_numpy())
    assert (low[0], high[0]) == (
        pytest.approx(0.1871, abs=1e-4),
        pytest.approx(0.8129, abs=1e-4),
    )  # Clopper and Pearson
    ten, twenty = pd.array([10.0]).to_numpy(), pd.array([20.0]).to_numpy()
    assert change_p_value(twenty, ten)[0] == pytest.approx(0.0987, abs=1e-4)  # binomial test of 20 in 30
    low, high = change_interval(twenty, ten)
    assert (low[0], high[0]) == (pytest.approx(-0.1065, abs=1e-4), pytest.approx(3.7846, abs=1e-4))
    part, whole = pd.array([1.0, 11.0]).to_numpy(), pd.array([12.0, 12.0]).to_numpy()
    assert rate_p_value(part, whole)[0] == pytest.approx(2 * 145 / 2704156, rel=1e-6)  # Fisher’s exact test


def test_small_months_are_shown_together_with_a_second_town(results):
    sheet = months_sheet(results)
    assert [row[0] for row in sheet.rows] == ["青木镇（甲）", "其余各镇", "全区"]
    assert sheet.rows[1][12:] == [5, 93]  # December of 白沙镇 (1) cannot be told from 丙 (4)


def test_the_district_is_compared_over_towns_with_both_years(results):
    shown = district_months(results)
    assert shown.loc["1月"].to_dict() == {2024: 9, 2025: 14}
    rows = {row[0]: row[1:4] for row in disputes_sheet(results).rows}
    assert rows == {
        "青木镇（甲）": [120, 60, 1.0],
        "青木镇（丙）": [48, 48, 0.0],
        "全区": [168, 108, pytest.approx(60 / 108)],
    }


def test_coverage_and_quality_are_by_town(results):
    made = {sheet.id: sheet for sheet in sheets(results, SPECS, [])}
    lacking = {row[0]: row[1:] for row in made["coverage"].rows}
    assert lacking["行政处罚台账"] == [2, 1, "白沙镇"]
    quality = {row[0]: list(row[1:]) for row in made["quality"].rows}
    count = len(SPECS.ledgers)
    assert quality["白沙镇"] == [1, count * len(FATES), *[count] * len(FATES), 1, 2, 0]


def test_the_files_are_the_same_twice_and_hold_text_as_text(root, tmp_path):
    names = ("=1+1", "<b>镇</b>", '#link("x")[镇]', "镇\x00\u202e😀𪚥")
    for number, name in enumerate(names):
        make_results(
            tmp_path / "区",
            f"{number}*",
            name,
            {2025: [9] * 12},
            y2025={RATE: figure(0.9, 9, 10), MEDIATED: figure(108)},
        )
    paths = [f"{number}*" for number in range(len(names))]
    absent = [("<script>坏镇", "unit.yml 读不出")]
    first = {path.name: path.read_bytes() for path in write_district(tmp_path / "区", 2025, paths, absent)}
    assert {
        path.name: path.read_bytes() for path in write_district(tmp_path / "区", 2025, paths[::-1], absent)
    } == first
    assert list(first) == ["district.html", "district.pdf", "district.xlsx"]
    html = first["district.html"].decode("utf-8")
    assert "&lt;b&gt;镇&lt;/b&gt;" in html and "<b>镇" not in html and "<script>坏镇" not in html
    assert str(tmp_path) not in html
    table = read_workbook(tmp_path / "区" / "district.xlsx")["towns"]
    assert "=1+1" in {row["镇"] for row in table}


def test_a_town_whose_results_are_broken_is_named_and_left_out(tmp_path):
    root = tmp_path / "区"
    for path in ("甲", "乙", "丙"):
        make_results(root, path, f"{path}镇", {2025: [9] * 12}, y2025={MEDIATED: figure(108)})
    (Workspace(root / "乙").processed(2025) / "clean" / "disputes.parquet").write_bytes(b"PAR1")
    (Workspace(root / "丙").processed(2025) / "statistics.json").write_text("{", encoding="utf-8")
    results = read_results(root, 2025, ["甲", "乙", "丙"])
    assert (results.labels, results.unread) == (["甲镇"], ["丙镇", "乙镇"])
    assert write_district(root, 2025, [], []) == []


def test_what_a_town_counts_in_its_own_way_is_not_added_and_is_told(tmp_path):
    root = tmp_path / "区"
    for path in ("甲", "乙"):
        make_results(root, path, f"{path}镇", {2025: [9] * 12}, y2025={MEDIATED: figure(108), FINES: figure(500)})
    own = Workspace(root / "乙").dictionary_folder / "indicators.yml"
    own.parent.mkdir(parents=True)
    own.write_text(
        f"{FINES}: {{label: 罚没款, ledger: penalties, measure: sum, column: fine_yuan, unit: 元}}\n",
        encoding="utf-8",
    )
    results = read_results(root, 2025, ["甲", "乙"])
    assert results.redefined == {"乙镇": [FINES]}
    made = {total.spec.id: (total.value, total.towns) for total in totals(results, SPECS.indicators)}
    assert (made[MEDIATED], made[FINES]) == ((216, 2), (500, 1))
    book = sheets(results, SPECS, [])
    assert [sheet.rows for sheet in book if sheet.id == "redefined"] == [[("乙镇", SPECS.indicators[FINES].label)]]
    assert any(
        "乙镇有自定的指标" in item
        for block in page(results, SPECS, [], sheets(results, SPECS, [])).blocks
        for item in _items(block)
    )


def _items(block):
    return ["".join(run if isinstance(run, str) else str(run) for run in item) for item in getattr(block, "items", ())]


def test_two_towns_of_one_name_are_told_apart_by_their_folders():
    assert town_labels({"a": "青木镇", "b": "青木镇", "c": "白沙镇"}) == {
        "a": "青木镇（a）",
        "b": "青木镇（b）",
        "c": "白沙镇",
    }


def test_that_small_counts_are_not_hidden_is_said_in_all_files(results):
    made = page(results, load_specs(), [], sheets(results, load_specs(), []))
    assert sum("不要公布" in run.text for block in made.blocks for run in getattr(block, "runs", ())) == 1
    towns = next(sheet for sheet in sheets(results, load_specs(), []) if sheet.id == "towns")
    assert "不要公布" in towns.notes[0]


def test_towns_that_are_missing_stand_on_top(results):
    absent = [("坏镇", "unit.yml 读不出")] * 12
    document = page(results, SPECS, absent, sheets(results, SPECS, absent))
    assert document.blocks[0].title == "12 个镇没有计入，合计不是全区的数"
    assert len(document.blocks[0].items) == 11
    assert len(absent_sheet([("坏镇", "读不出")]).rows) == 1
