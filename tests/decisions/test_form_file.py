"""A town's own form: written whole into its workspace, read from there, and never a wrong one."""

import pytest
import yaml

from fazhi.decisions.form_file import form_content, form_name, record_form
from fazhi.dictionary.form import read_forms
from fazhi.errors import SpecError
from fazhi.recognition.forms import form_of
from fazhi.recognition.ledgers import recognise
from fazhi.recognition.proposals import propose
from fazhi.town_year import open_year
from made.sheets import make_file, make_sheet

HEADINGS = ["何日", "何处", "何种", "几人", "照片"]
COLUMNS = {"何日": "held_on", "何种": "kind", "几人": "people"}
CONTENT = form_content(
    "宣传登记", HEADINGS, "publicity", COLUMNS, "2025-12-20 王某", values={"kind": {"讲座": None, 1: "集中普法"}}
)


def test_a_recorded_form_is_read_and_says_what_is_ignored(workspace, specs):
    path = record_form(workspace, form_name("宣传 登记/表"), CONTENT, specs.ledgers)
    assert path == workspace.forms_folder / "宣传_登记_表.yml"
    (form,) = read_forms(workspace.forms_folder, specs.ledgers, of_town=True)
    assert (form.ledger, form.columns, form.ignore) == ("publicity", COLUMNS, ("何处", "照片"))
    assert form.values == {"kind": {"讲座": "空", "1": "集中普法"}}
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["headings"] == HEADINGS


def test_one_form_holds_for_every_sheet_like_it(workspace, specs):
    record_form(workspace, "宣传", CONTENT, specs.ledgers)
    settings = open_year(2025, workspace).settings
    for path, header in (("司法所/甲.xlsx", HEADINGS), ("党建办/乙.xlsx", [*HEADINGS[::-1], "天气"])):
        row = dict(zip(HEADINGS, ["2025-03-05", "广场", "集中普法", 40, "有"], strict=True)) | {"天气": "晴"}
        tables, _ = recognise(make_file(path, make_sheet([header, [row[title] for title in header]])), settings)
        assert [(table.ledger, header[table.columns["people"]]) for table in tables] == [("publicity", "几人")]


def test_a_form_beside_the_towns_holds_for_each_and_a_towns_own_goes_before_it(workspace, specs):
    path = record_form(workspace, "宣传", CONTENT, specs.ledgers)
    shared = workspace.root.parent / "fazhi-forms" / "全区宣传.yml"
    shared.parent.mkdir()
    path.rename(shared)
    assert "../fazhi-forms/全区宣传.yml" in workspace.form_files
    assert [form.id for form in open_year(2025, workspace).settings.forms if form.of_town] == ["全区宣传"]
    record_form(workspace, "宣传", CONTENT, specs.ledgers)
    assert [form.id for form in open_year(2025, workspace).settings.forms if form.of_town] == ["宣传"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ledger": "publicty"}, "publicity"),
        ({"columns": {"几人": "peple"}}, "people"),
        ({"values": {"kind": {"讲座": "集中普及"}}}, "集中普法"),
        ({"colums": {}}, "columns"),
        ({"kind": "plan"}, "ledger"),
        ({"id": "x"}, "id"),
        ({"header": [4, 3]}, "首行"),
        ({"filled": ["people"]}, "是否"),
        ({"taken": {"people": ["title"]}}, "日期"),
    ],
)
def test_a_form_that_names_what_does_not_exist_is_not_written(workspace, specs, change, said):
    with pytest.raises(SpecError, match=said):
        record_form(workspace, "宣传", {**CONTENT, **change}, specs.ledgers)
    assert not workspace.forms_folder.exists()


def test_a_form_is_replaced_only_when_asked_for_and_two_may_not_be_alike(workspace, specs):
    record_form(workspace, "宣传", CONTENT, specs.ledgers)
    assert record_form(workspace, "宣传", CONTENT, specs.ledgers).name == "宣传.yml"  # the same again
    with pytest.raises(SpecError, match="已有"):
        record_form(workspace, "宣传", {**CONTENT, "title": "旧"}, specs.ledgers)
    with pytest.raises(SpecError, match="已是这种表"):
        record_form(workspace, "另一个", CONTENT, specs.ledgers)
    record_form(workspace, "宣传", {**CONTENT, "title": "新"}, specs.ledgers, replace=True)
    assert [form.title for form in read_forms(workspace.forms_folder, specs.ledgers)] == ["新"]


def test_a_sheet_that_is_no_ledger_is_recorded_too(workspace, specs):
    content = form_content("值班表", HEADINGS, "", {}, kind="other")
    record_form(workspace, "值班", content, specs.ledgers)
    settings = open_year(2025, workspace).settings
    assert recognise(make_file("值班.xlsx", make_sheet([HEADINGS, ["1"] * 5])), settings) == ([], [])


def test_a_table_under_unknown_headings_is_opened_and_its_mapping_proposed(settings):
    header = ["序号", "宣传到访日期", "形式类型", "到场人次", "备注"]
    rows = [[n, f"2025-0{n}-05", "集中普法", 40 + n, ""] for n in range(1, 5)]
    sheet = make_sheet([["2025年法治宣传活动情况"], header, *rows])
    found = propose(make_file("司法所/表.xlsx", sheet), sheet, settings)
    assert found is not None and found.ledgers[0] == "publicity"
    assert found.header.first_row == 1
    assert found.columns == {"形式类型": "kind", "到场人次": "people"}
    assert found.offers == {"宣传到访日期": ("held_on",)}
    assert propose(make_file("a.xlsx", sheet), make_sheet([["会议通知"], ["各科室："]]), settings) is None


def test_headings_of_a_towns_form_are_known_on_other_layouts_of_its_ledger(workspace, specs):
    """One column less and two of the office's own: no form's headings, and yet the same words."""
    record_form(workspace, "宣传", CONTENT, specs.ledgers)
    settings = open_year(2025, workspace).settings
    header = ["天气", "几人（必填）", "何日：", "何种", "照片"]
    rows = [["晴", 40 + n, f"2025-0{n}-05", "集中普法", "有"] for n in range(1, 5)]
    tables, _ = recognise(make_file("党建办/丙.xlsx", make_sheet([header, *rows])), settings)
    assert [{name: header[at] for name, at in table.columns.items()} for table in tables] == [
        {"held_on": "何日：", "kind": "何种", "people": "几人（必填）"}
    ]
    assert [list(table.unknown.values()) for table in tables] == [["天气"]]  # 照片 was said to be none


def test_a_heading_that_two_forms_read_differently_is_known_on_neither_alone(workspace, specs):
    record_form(workspace, "宣传", CONTENT, specs.ledgers)
    other = form_content("又一种", ["何日", "何时", "几人"], "publicity", {"何时": "held_on", "几人": "people"})
    record_form(workspace, "又一种", other, specs.ledgers)
    titles = open_year(2025, workspace).settings.titles["publicity"]
    assert titles["几人"] == "people"
    assert "何日" not in titles


def test_a_forms_heading_never_takes_a_title_from_its_ledger(workspace, specs):
    twisted = form_content("反的", ["活动日期", "参与人次", "类型"], "publicity", {"类型": "kind"})
    record_form(workspace, "反的", twisted, specs.ledgers)
    settings = open_year(2025, workspace).settings
    assert settings.titles["publicity"]["参与人次"] == "people"
    assert settings.dismissed["publicity"] == frozenset()


def test_a_form_of_two_headings_is_known_where_no_other_stands_beside_them(workspace, specs):
    two = form_content("菜单", ["菜单类别", "菜单内容"], "service_items", {"菜单类别": "category", "菜单内容": "item"})
    record_form(workspace, "菜单", two, specs.ledgers)
    settings = open_year(2025, workspace).settings
    rows = [[n, "调解", f"事项{n}"] for n in range(1, 5)]
    for header, wanted in (
        (["序号", "菜单类别", "菜单内容"], ["service_items"]),
        (["价格", "菜单类别", "菜单内容"], []),
    ):
        file = make_file("表.xlsx", make_sheet([header, *rows]))
        assert [form_of(sheet, settings.forms) is not None for sheet in file.sheets] == [bool(wanted)]
