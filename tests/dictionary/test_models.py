"""Specs are checked when they are loaded; each fault is one Chinese message."""

from pathlib import Path

import pytest

import fazhi.dictionary
from fazhi.dictionary.models import Column, Indicator, Unit
from fazhi.dictionary.references import check_indicator
from fazhi.dictionary.town_files import load_aliases, load_unit
from fazhi.dictionary.yaml_reading import build, read_yaml
from fazhi.errors import SpecError


def test_every_file_of_a_ledger_and_every_indicator_loads(specs):
    folder = Path(fazhi.dictionary.__file__).parent
    assert set(specs.ledgers) == {path.stem for path in (folder / "ledgers").iterdir()} >= {"disputes", "officers"}
    assert set(specs.indicators) == set(read_yaml(folder / "indicators.yml"))
    assert {spec.ledger for spec in specs.indicators.values()} <= set(specs.ledgers)
    assert specs.ledgers["disputes"].date_column == "accepted_on"
    assert specs.ledgers["officers"].date_column is None


def test_private_columns_are_not_published_but_pseudonyms_are(specs):
    columns = specs.ledgers["disputes"].columns
    assert [name for name, column in columns.items() if column.private] == [
        "applicant",
        "respondent",
        "id_number",
        "phone",
        "mediator",
    ]
    assert [name for name, column in columns.items() if column.private and column.published] == [
        "applicant",
        "respondent",
        "mediator",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: 青木镇\nvillages: [a]\n", "unit.yml：缺少“offices”。请改正后重试。"),
        (
            "name: 青木镇\nvillages: [a]\noffices: [b]\nisuer: c\n",
            "unit.yml：第 4 行 不认识的项目“isuer”，最接近的是“issuer”。请改正后重试。",
        ),
        ("name: [\n", None),
        ("- 1\n", "unit.yml 应为“名称: 内容”的形式，请对照说明改写。"),
        ("name: a\nname: b\n", "unit.yml 第 2 行写法有误：“name”写了两次。请改正后重试。"),
    ],
)
def test_a_fault_in_unit_yml_is_one_message(tmp_path, text, message):
    (tmp_path / "unit.yml").write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as error:
        load_unit(tmp_path / "unit.yml")
    assert str(error.value) == message if message else str(error.value).startswith("unit.yml 第 ")


def test_a_missing_or_misencoded_unit_yml_is_told(tmp_path):
    with pytest.raises(SpecError, match=r"没有找到 unit\.yml"):
        load_unit(tmp_path / "unit.yml")
    (tmp_path / "unit.yml").write_bytes("name: 青木镇".encode("gb18030"))
    with pytest.raises(SpecError, match=r"unit\.yml 不是 UTF-8 文本"):
        load_unit(tmp_path / "unit.yml")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("values: {disputes.sorce: {a: b}}", "values 中“disputes.sorce”不存在，最接近的是“disputes.source”"),
        ("columns: {dispute: {a: b}}", "columns 中“dispute”不是台账"),
        ("columns: {disputes: {发生村居: vilage}}", "“发生村居”所指的列“vilage”不存在，最接近的是“village”"),
        ("value: {}", "不认识的项目“value”，最接近的是“values”"),
    ],
)
def test_aliases_must_refer_to_something(tmp_path, specs, text, part):
    (tmp_path / "aliases.yml").write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as error:
        load_aliases(tmp_path / "aliases.yml", specs)
    assert part in str(error.value)


def test_no_aliases_file_means_none(tmp_path, specs):
    assert load_aliases(tmp_path / "aliases.yml", specs).values == {}


@pytest.mark.parametrize(
    ("fault", "part"),
    [
        ({"ledger": "drils"}, "引用的台账“drils”不存在"),
        ({"where": {"kinds": "消防"}}, "引用的列“kinds”不存在，最接近的是“kind”"),
        ({"where": {"kind": "消防演练"}}, "引用的取值“消防演练”不在“演练类型”中，最接近的是“消防”"),
        ({"measure": "sum", "column": "people"}, "引用的列“people”不存在"),
    ],
)
def test_an_indicator_must_refer_to_something(specs, fault, part):
    indicator = Indicator.model_validate(
        {"id": "x.y", "label": "x", "unit": "个", "ledger": "drills", "measure": "count", **fault}
    )
    with pytest.raises(SpecError) as error:
        check_indicator(indicator, specs.ledgers)
    assert part in str(error.value)


def test_yaml_is_never_code(tmp_path):
    (tmp_path / "x.yml").write_text("a: !!python/object/apply:os.system ['true']", encoding="utf-8")
    with pytest.raises(SpecError):
        read_yaml(tmp_path / "x.yml")


def test_an_unknown_key_of_a_column_is_refused():
    with pytest.raises(ValueError, match="extra"):
        Column.model_validate({"label": "x", "kind": "text", "privat": True})


def test_what_stands_in_a_ledger_is_text_also_where_yaml_reads_a_number(tmp_path, specs):
    (tmp_path / "aliases.yml").write_text("values: {contracts.major: {1: 是, 暂无: }}", encoding="utf-8")
    assert load_aliases(tmp_path / "aliases.yml", specs).values == {"contracts.major": {"1": "是", "暂无": None}}


def test_a_title_with_a_place_that_nothing_fills_is_told_on_load() -> None:
    unit = {"name": "青木镇", "villages": ["龙井村"], "offices": ["司法所"]}
    with pytest.raises(SpecError, match=r"“title”：“\{姓名\}”不能填入，能填入的只有 \{name\}"):
        build(Unit, unit | {"title": "{name}{year}年{姓名}报告"}, "unit.yml")
    assert build(Unit, unit | {"title": "{name}{year}年度报告"}, "unit.yml").title_of(2025) == "青木镇2025年度报告"
