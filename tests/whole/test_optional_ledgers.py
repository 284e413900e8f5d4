"""A town with every optional ledger gets its figures and sentences; one with none is asked nothing and told nothing."""

import json

import pytest
import yaml

from fazhi.dictionary.loading import load_specs
from fazhi.steps.clean import clean_ledger
from fazhi.steps.report import composed, read_statistics
from fazhi.steps.statistics import write_statistics
from fazhi.steps.survey import ledger_files, survey_year
from fazhi.town_year import open_year
from fazhi.workspace.paths import Workspace
from fazhi.workspace.results import STATISTICS
from made.optional_ledgers import SHEETS, expected, rows_of, write_optional
from made.sheets import TOWN, write_workbook
from made.small_town import DRILLS

SPECS = load_specs()
OPTIONAL = [name for name, ledger in SPECS.ledgers.items() if ledger.optional]
NAMED_ONLY = ("certificates", "law_studies", "legality_reviews")  # much like a ledger that every town keeps
USUAL = [name for name, ledger in SPECS.ledgers.items() if not ledger.optional]


def build(workspace, **unit):
    """The town's 2025 with these keys of unit.yml: its statistics, the text of its report, its issues."""
    unit = {**TOWN, "without": USUAL, **unit}
    workspace.unit_file.parent.mkdir(parents=True, exist_ok=True)
    workspace.unit_file.write_text(yaml.safe_dump(unit, allow_unicode=True), encoding="utf-8")
    town = open_year(2025, workspace)
    survey_year(town)
    for ledger in ledger_files(town):
        clean_ledger(town, ledger)
    write_statistics(town)
    blocks = composed(town, read_statistics(town))["blocks"]
    text = "\n".join(
        "".join([*block.get("items", []), block.get("text", ""), *(run["text"] for run in block.get("runs", []))])
        for block in blocks
    )
    return json.loads((town.processed / STATISTICS).read_text(encoding="utf-8")), text, town.results.issues()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A town that names and sends every optional ledger, and no other."""
    workspace = Workspace(tmp_path_factory.mktemp("optional"))
    write_optional(workspace)
    return build(workspace, **{"with": OPTIONAL})


def test_every_optional_ledger_is_made_here():
    assert set(SHEETS) == set(OPTIONAL)
    mine = {name for name, spec in SPECS.indicators.items() if spec.ledger in OPTIONAL}
    assert mine - set(expected()) == {"law_studies.lectures", "law_studies.court_visits"}  # no such row in the town
    assert len(OPTIONAL) > 20


def test_the_figures_are_those_counted_from_the_rows(whole):
    statistics, _, issues = whole
    found = statistics["indicators"]
    assert {name for name in found if found[name]["ledger"] in OPTIONAL} == set(expected())
    assert {name: found[name]["value"] for name in expected()} == pytest.approx(expected())
    assert {entry["status"] for entry in found.values()} == {"complete"}
    assert [issue for issue in issues if issue.severity != "info"] == []


@pytest.mark.parametrize(
    "said",
    [
        "组织集体学法40次，其中党委理论学习中心组学法11次，",
        "学法考试应考187人，参加171人，参考率91.4%，合格率90.1%，优秀率76%。",
        "承接赋权事项42项，其中行政执法事项30项，事项网上可办率88.1%。",
        "办理合法性审查45件，其中行政规范性文件11件，重大行政决策8件，重大执法决定5件，合同21件，提出意见87条。",
        "立案查处案件60件，其中简易程序21件，普通程序39件，立案后撤销12件。",
        "实施行政强制8件，开展联合执法12次，出动250余人次，查处问题44个。",
        "登记信访事项40件，办结率77.5%。",
        "承办政务服务便民热线工单60件，其中转办46件，",
        "村（居）法律顾问服务36次，覆盖村（居）5个，服务群众370余人次，受理法律援助申请28件，",
        "排查隐患50条，其中重大隐患12条，销号率90%。",
        "主动公开政府信息29条，收到政府信息公开申请16件，",
        "16名领导干部述职述法，其中党政主要负责人7名，述法后测评15名。",
    ],
)
def test_its_sentences_stand_in_the_report(whole, said):
    assert said in whole[1]


def test_what_no_row_answers_to_is_not_even_called_none(whole):
    statistics, text, _ = whole
    assert "law_studies.lectures" not in statistics["indicators"]
    assert "法治讲座" not in text


def test_a_ledger_is_counted_where_it_is_sent_and_told_until_the_town_names_it(workspace):
    sent = [name for name in OPTIONAL if name not in NAMED_ONLY]
    write_optional(workspace, sent)
    statistics, text, issues = build(workspace)
    found = statistics["indicators"]
    figures = {name: value for name, value in expected().items() if name.partition(".")[0] in sent}
    assert {name: found[name]["value"] for name in figures} == pytest.approx(figures)
    told = [issue for issue in issues if issue.severity != "info"]
    assert {issue.kind for issue in told} == {"ledger_received"}
    assert sorted(issue.ledger for issue in told) == sorted(sent)
    assert "在 unit.yml 的 with 中加上 petitions" in " ".join(issue.advice for issue in told)
    assert "登记信访事项40件" in text
    assert {entry["status"] for entry in found.values()} == {"complete"}


@pytest.mark.parametrize("name", NAMED_ONLY)
def test_one_much_like_a_usual_ledger_is_no_optional_one_until_the_town_names_it(workspace, name):
    write_optional(workspace, [name])
    statistics, _, _ = build(workspace, without=[])
    assert name not in statistics["ledgers"]


@pytest.mark.parametrize(
    ("title", "headings", "rows"),
    [
        ("合同合法性审核登记表", ["审结日期", "合同名称", "承办部门", "合同标的额", "审核意见"], [["2025-03-05", "保洁合同", "司法所", 300, "同意"]] * 3),
        ("法治宣讲活动台账", ["活动日期", "活动类型", "参与人次"], [["2025-03-05", "集中普法", 30], ["2025-04-05", "微宣讲", 20]]),
        ("隐患整改台账", ["检查日期", "检查对象", "检查领域", "发现隐患数", "已整改数"], [["2025-03-05", "甲厂", "安全生产", 2, 1]] * 2),
    ],
)  # fmt: skip
def test_tables_of_the_usual_ledgers_are_not_drawn_to_the_optional_ones(workspace, title, headings, rows):
    write_workbook(workspace.raw(2025) / f"{title}.xlsx", [title], headings, *rows)
    statistics, _, _ = build(workspace, without=[])
    assert set(statistics["ledgers"]) == set(USUAL)


def test_a_town_with_none_hears_of_none(workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    statistics, text, issues = build(workspace, without=[name for name in USUAL if name != "drills"])
    assert list(statistics["ledgers"]) == ["drills"]
    assert {entry["ledger"] for entry in statistics["indicators"].values()} == {"drills"}
    assert issues == []
    assert not [word for word in ("信访事项登记", "热线", "学法考试", "述职述法") if word in text]


def test_a_ledger_that_is_named_is_owed(workspace):
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    _, text, issues = build(workspace, **{"with": ["petitions", "exams"]})
    assert {issue.ledger for issue in issues if issue.kind == "ledger_missing"} == {"petitions", "exams"}
    assert "登记信访事项〔待核实〕件" in text


def test_a_small_count_of_people_is_not_published(workspace):
    title, _, cells = SHEETS["legal_aid"]
    rows = [list(row.values()) for row in rows_of("legal_aid")[:2]]
    write_workbook(workspace.raw(2025) / "援助.xlsx", [title], list(cells), *rows)
    statistics, text, _ = build(workspace, **{"with": ["legal_aid"]})
    assert statistics["indicators"]["legal_aid.applications"]["value"] == 2
    assert "受理法律援助申请不足3件" in text
    assert "2件" not in text
