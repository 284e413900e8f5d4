"""A town's own dictionary lies over the package's: added or replaced by id, checked alike, told by file and nearest name."""

import pytest

from fazhi.dictionary.form import fitting, load_forms
from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.own_files import read_own
from fazhi.errors import SpecError
from fazhi.indicators.chart_specs import load_charts
from fazhi.indicators.plan_targets import load_mapping
from fazhi.indicators.table_specs import load_summaries
from made import new_ledger

LEDGER = "ledgers/facility_checks.yml"


def own(**texts):
    return tuple((name.replace("__", "/") + ".yml", text) for name, text in texts.items())


WHOLE = own(
    ledgers__facility_checks=new_ledger.LEDGER,
    indicators=new_ledger.INDICATORS,
    tables=new_ledger.TABLE,
    charts=new_ledger.CHART,
    plan_results="facility_checks.rounds: [[设施, 巡查]]",
)


def test_what_a_town_adds_follows_what_the_package_has():
    packaged, specs = load_specs(), load_specs(WHOLE)
    assert set(specs.ledgers) - set(packaged.ledgers) == {"facility_checks"}
    assert list(specs.indicators)[-2:] == ["facility_checks.rounds", "facility_checks.repaired_rate"]
    assert load_summaries(specs)[-1].title == "公共设施巡查按类别"
    assert load_charts(specs)[-1].id == "facility-checks"
    assert load_mapping(specs)["facility_checks.rounds"] == [["设施", "巡查"]]
    assert "facility_checks" not in load_specs().ledgers  # another town's is not this one's


def test_what_has_the_same_id_is_replaced_in_its_place():
    text = "drills.held: {label: 演练场数, unit: 场, ledger: drills, measure: count}"
    packaged, specs = load_specs(), load_specs(own(indicators=text))
    assert list(specs.indicators) == list(packaged.indicators)
    assert specs.indicators["drills.held"].label == "演练场数"


def test_a_ledger_can_be_given_to_another_office_and_forms_that_no_longer_fit_fall_away():
    text = "title: 应急演练台账\noffice: 平安法治办\ncolumns:\n  held_on: {label: 日期, kind: date}\n"
    with pytest.raises(
        SpecError, match=r"indicators.yml「drills.*程序自带的这一项要用到它：请在 data/raw/dictionary/ledgers"
    ):
        load_specs(own(ledgers__drills=text))
    ledgers = {**load_specs().ledgers, **load_specs(WHOLE).ledgers}
    assert {form.ledger for form in load_forms()} >= {"drills"}
    ledgers["drills"] = ledgers["facility_checks"]
    assert "drills" not in {form.ledger for form in fitting(load_forms(), ledgers)}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"ledgers__x": "title: 台账\noffice: 司法所\ncolumns: {d: {label: 日期, knd: date}}"}, "data/raw/dictionary/ledgers/x.yml：.*“columns.d.knd”，最接近的是“kind”"),
        ({"ledgers__x": "title: 台账\noffice: 司法所\nid: y\ncolumns: {}"}, "不认识的项目“id”"),
        ({"ledgers__X镇": "title: 台账\noffice: 司法所\ncolumns: {}"}, "名称“X镇”不能用"),
        ({"ledgers__x": "title: 台账\noffice: 司法所\ncolumns: {source_row: {label: 行, kind: count}}"}, "“source_row”不能用"),
        ({"ledgers__x": "title: 台账\n  office: 司法所"}, "data/raw/dictionary/ledgers/x.yml 第 2 行写法有误"),
        ({"indicators": "a.b: {label: 甲, unit: 次, ledger: facility_check, measure: count}"}, "data/raw/dictionary/indicators.yml「a.b」引用的台账“facility_check”不存在"),
        ({"indicators": "a.b: 甲"}, "「a.b」 应为“项目: 内容”的形式"),
        ({"indicators": "[a, b]"}, "data/raw/dictionary/indicators.yml 应为"),
    ],
)  # fmt: skip
def test_faults_are_told_with_file_and_nearest_name(files, said):
    with pytest.raises(SpecError, match=said):
        load_specs(own(**files))


@pytest.mark.parametrize(
    ("files", "load", "said"),
    [
        ({"tables": "t: {title: 表, ledger: drills, group: 组, by: kind, measures: [{label: 人, unit: 人, measure: sum, column: peple}]}"},
         load_summaries, "data/raw/dictionary/tables.yml「t」的“人”引用的列“peple”不存在"),
        ({"tables": "t: {title: 表, ledger: drill, group: 组, by: kind, measures: []}"}, load_summaries, "台账“drill”不存在，最接近的是“drills”"),
        ({"charts": "c: {form: bars, table: drills_by_knd}"}, load_charts, "data/raw/dictionary/charts.yml「c」的 table 中"),
        ({"plan_results": "drills.hold: [[演练]]"}, load_mapping, "data/raw/dictionary/plan_results.yml「drills.hold」.*“drills.held”"),
        ({"plan_results": "drills.held: 演练"}, load_mapping, "应为词的列表"),
    ],
)  # fmt: skip
def test_so_are_those_of_tables_charts_and_plan_results(files, load, said):
    with pytest.raises(SpecError, match=said):
        load(load_specs(own(**files)))


def test_a_file_that_is_none_of_the_dictionarys_is_told(workspace):
    folder = workspace.dictionary_folder
    assert read_own(folder) == ()
    (folder / "ledgers").mkdir(parents=True)
    (folder / LEDGER).write_text(new_ledger.LEDGER, encoding="utf-8")
    (folder / "说明.txt").write_text("说明", encoding="utf-8")
    assert read_own(folder) == ((LEDGER, new_ledger.LEDGER),)
    assert list(workspace.spec_files) == [f"dictionary/{LEDGER}"]
    (folder / "indicator.yml").write_text("", encoding="utf-8")
    with pytest.raises(
        SpecError, match=r"data/raw/dictionary/indicator\.yml 不是认识的文件，最接近的是“indicators\.yml”"
    ):
        read_own(folder)
