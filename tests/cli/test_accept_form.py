"""`fazhi accept FILE` as an analyst meets it: one question a form, its answer recorded, the sheet read from then on."""

import json

import pytest
import yaml

from fazhi.cli.accept_form import FormRequest, accept_form
from fazhi.decisions.mapping import Choice
from fazhi.recognition.survey import survey
from fazhi.town_year import open_year
from made.sheets import write_workbook

HEADER = ["序号", "来的日子", "谁来说的", "为啥吵", "说成没成", "哪天完的", "照片"]
ROWS = [
    [n, f"2025-0{n}-05", name, "邻里纠纷", "调解成功", f"2025-0{n}-15", "有"]
    for n, name in enumerate(("应小满", "樊延年", "涂国栋", "邬秋菊"), 1)
]
DECIDED = ["--ledger", "矛盾纠纷调解", "--column", "来的日子=受理日期", "--column", "哪天完的=结案日期"]


@pytest.fixture
def town(workspace):
    write_workbook(workspace.raw(2025) / "司法所" / "说和.xlsx", ["2025年说和记录"], HEADER, *ROWS)
    return workspace


def _read(town):
    found = survey(town, 2025, open_year(2025, town).settings)
    return [(source.file.path, table.ledger) for source in found.sources for table in source.tables], found.issues


def test_the_question_shows_what_is_held_and_no_private_value(accept, town):
    code, told = accept("说和.xlsx", "--ledger", "disputes")
    assert code == 1
    assert "表头在第 2 行，下面 4 行" in told
    assert "为啥吵 → 纠纷类型（1 种取值）" in told
    assert "来的日子（日期）：可能是受理日期" in told
    assert "照片（是否）" in told and "谁来说的（姓名样）" in told
    assert not any(row[2] in told for row in ROWS)
    assert not town.forms_folder.exists()


def test_the_command_it_prints_is_one_that_records(accept, town):
    data = json.loads(accept("说和.xlsx", *DECIDED, "--json")[1])
    assert data["asks"] == ""
    words = data["command"].replace('"', "").split(" ")
    assert words[:2] == ["fazhi", "accept"]
    code, told = accept(*words[2:])
    assert (code, "已记入 data/raw/forms/说和记录.yml" in told) == (0, True)
    assert yaml.safe_load((town.forms_folder / "说和记录.yml").read_text(encoding="utf-8")) == data["form"]


def test_what_is_recorded_reads_the_sheet_and_every_other_of_its_kind(accept, town):
    assert _read(town)[0] == []
    assert accept("司法所/说和.xlsx[Sheet1]", *DECIDED, "--yes")[0] == 0
    write_workbook(town.raw(2025) / "党政办" / "乙.xlsx", HEADER, *ROWS)
    tables, issues = _read(town)
    assert tables == [("党政办/乙.xlsx", "disputes"), ("司法所/说和.xlsx", "disputes")]
    assert not [issue for issue in issues if "照片" in issue.found]


def test_nothing_is_recorded_while_it_could_be_read_two_ways(accept, town):
    for words, said in (
        (["--yes"], "还不能确定是哪一本台账"),
        (["--ledger", "disputes", "--yes"], "「受理日期」是“来的日子”还是“哪天完的”"),
        (["--ledger", "纠纷调节", "--yes"], "最接近的是：矛盾纠纷调解台账"),
        ([*DECIDED, "--column", "照片=图片", "--yes"], "没有列“图片”"),
        ([*DECIDED, "--ignore", "相片", "--yes"], "没有标题“相片”，最接近的是：照片"),
        ([*DECIDED, "--column", "照片=受理日期", "--yes"], "指给了两个标题"),
        ([*DECIDED, "--always", "source=天上掉的", "--yes"], "最接近的是"),
    ):
        code, told = accept("说和.xlsx", *words)
        assert (code, said in told) == (2, True), told
    assert not town.forms_folder.exists()
    assert accept("说和.xlsx", "--ledger", "disputes", "--ignore", "哪天完的", "--yes")[0] == 0


def test_a_form_is_replaced_only_when_asked_for(accept, town):
    assert accept("说和.xlsx", *DECIDED, "--yes")[0] == 0
    code, told = accept("说和.xlsx", *DECIDED, "--column", "谁来说的=申请人", "--yes")
    assert (code, "已有，没有改动" in told) == (2, True)
    assert accept("说和.xlsx", "--column", "谁来说的=申请人", "--yes", "--replace")[0] == 0
    form = yaml.safe_load((town.forms_folder / "说和记录.yml").read_text(encoding="utf-8"))
    assert form["columns"]["谁来说的"] == "applicant" and form["columns"]["来的日子"] == "accepted_on"


def test_a_sheet_that_is_no_ledger_is_never_asked_about_again(accept, town):
    assert [issue.kind for issue in _read(town)[1]] == ["sheet_unknown"]
    assert accept("说和.xlsx", "--ledger", "无关", "--yes")[0] == 0
    assert _read(town) == ([], [])


def test_a_title_that_says_otherwise_is_told_with_the_command(accept, town):
    write_workbook(town.raw(2025) / "应急演练计划.xlsx", ["2025年应急演练计划"], ["哪天", "几个", "哪种"], *[[f"2025-0{n}-01", n, "综合演练"] for n in range(1, 5)])  # fmt: skip
    code, told = accept("应急演练计划.xlsx", "--column", "哪天=演练日期", "--column", "几个=参与人数", "--yes")
    assert (code, 'fazhi accept files "应急演练计划.xlsx[Sheet1]" drills' in told) == (0, True), told


def test_files_that_are_not_there_or_hold_several_tables(accept, town):
    assert "相近的有：司法所/说和.xlsx" in accept("说合.xlsx")[1]
    assert "没有工作表“甲”，有：Sheet1" in accept("说和.xlsx[甲]")[1]
    write_workbook(town.raw(2025) / "党政办" / "说和.xlsx", ["会议通知"])
    assert "有几个文件叫“说和.xlsx”" in accept("说和.xlsx")[1]
    assert "没有像表格的内容" in accept("党政办/说和.xlsx")[1]
    write_workbook(town.raw(2025) / "说和.xlsx", ["会议通知"])
    assert "没有像表格的内容" in accept("党政办/说和.xlsx")[1]  # not the one above it, of the same name


@pytest.mark.parametrize(("answers", "code"), [(["矛盾纠纷调解台账", "甲=乙", "来的日子＝受理日期", ""], 0), (["q"], 1), ([""], 1)])  # fmt: skip
def test_at_a_terminal_it_asks_until_all_is_said(town, capsys, answers, code):
    given = iter(answers)

    def ask(_prompt):
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    assert accept_form(open_year(2025, town), FormRequest("说和.xlsx", Choice()), as_json=False, ask=ask) == code
    told = capsys.readouterr().out
    assert (code == 0) == (town.forms_folder / "说和记录.yml").exists()
    assert ("表中没有标题“甲”" in told) == (code == 0)


def test_a_column_of_towns_is_never_folded_away(accept, town):
    """A form made at one glance must not count another town's rows."""
    rows = [[f"2025-0{n}-01", "消防", "龙井村", 9, where] for n, where in enumerate(["青木镇", "白沙镇", "青木镇"], 1)]
    write_workbook(town.raw(2025) / "实战拉练.xlsx", ["实战拉练"], ["哪天", "练啥", "在哪", "几人", "镇街"], *rows)
    columns = [f"--column={pair}" for pair in ("哪天=演练日期", "练啥=演练类型", "在哪=地点", "几人=参与人数")]
    told = accept("实战拉练.xlsx", "--ledger", "应急演练台账", *columns)[1]
    assert "镇街：写着镇街，别的镇街的行不计入" in told
    assert accept("实战拉练.xlsx", "--ledger", "应急演练台账", *columns, "--yes")[0] == 0
    found = survey(town, 2025, open_year(2025, town).settings)
    assert [table.elsewhere for _, table in found.of("drills")] == [{4: "白沙镇"}]
    assert [one.kind for one in found.issues if one.severity != "info" and one.file == "实战拉练.xlsx"] == []


VALUES = ["--ledger", "disputes", *DECIDED[2:], "--column", "为啥吵=纠纷类型", "--column", "说成没成=调解结果"]


@pytest.fixture
def in_own_words(accept, town):
    """A sheet with spellings of its own, one of them a name that stands in a private column too."""
    kinds = ["邻里口角", "车祸", "邻里吵嘴", "应小满"]
    rows = [[*row[:3], kind, "谈成了", *row[5:]] for row, kind in zip(ROWS, kinds, strict=True)]
    write_workbook(town.raw(2025) / "司法所" / "说和.xlsx", ["2025年说和记录"], HEADER, *rows)
    return accept


def test_spellings_of_a_sheet_are_answered_with_its_form(in_own_words, town):
    words = ["说和.xlsx", *VALUES, "--column", "谁来说的=申请人"]
    told = in_own_words(*words)[1]
    assert "纠纷类型：邻里口角=邻里纠纷、邻里吵嘴=邻里纠纷；还不知道意思的：车祸（1 处）" in told
    assert "应小满" not in told
    values = json.loads(in_own_words(*words, "--json")[1])["values"]
    assert values == {
        "category": {"邻里口角": "邻里纠纷", "邻里吵嘴": "邻里纠纷", "车祸": ""},
        "outcome": {"谈成了": ""},
    }
    said = ["--value", "纠纷类型:车祸=道路交通事故纠纷", "--value", "outcome：谈成了=调解成功"]
    assert in_own_words(*words, *said, "--yes")[0] == 0
    aliases = yaml.safe_load(town.aliases_file.read_text(encoding="utf-8"))["values"]
    assert aliases["disputes.category"] == {"邻里口角": "邻里纠纷", "邻里吵嘴": "邻里纠纷", "车祸": "道路交通事故纠纷"}
    assert aliases["disputes.outcome"] == {"谈成了": "调解成功"}


def test_an_answer_about_a_spelling_that_is_not_there_is_refused_and_nothing_written(in_own_words, town):
    for value, said in (
        ("纠纷类型:车货=道路交通事故纠纷", "没有待定的写法“车货”，有：车祸"),
        ("纠纷类型:车祸=车祸纠纷", "最接近的是"),
        ("车祸=道路交通事故纠纷", "应写成 列:写法=意思"),
    ):
        code, told = in_own_words("说和.xlsx", *VALUES, "--value", value, "--yes")
        assert (code, said in told) == (2, True), told
    assert not town.forms_folder.exists() and not town.aliases_file.exists()


def test_one_form_holds_for_the_files_of_all_villages(accept, town):
    for village in ("龙井村", "金凤社区"):
        write_workbook(town.raw(2025) / f"{village}说和.xlsx", [f"{village}2025年说和记录"], HEADER, *ROWS)
        assert accept(f"{village}说和.xlsx", *DECIDED, "--yes")[0] == 0
    assert [path.name for path in town.forms_folder.iterdir()] == ["说和记录.yml"]
