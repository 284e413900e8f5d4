"""The generated pages of docs/ say what the code and the dictionary say."""

import re
from importlib import resources

import pytest
from docs import generate
from docs.pages.said_keys import SAID
from docs.pages.settings import TITLES
from docs.pages.specs import SPECS, keys
from pydantic import TypeAdapter

from fazhi.cleaning.clean_table import SOURCE, clean_table
from fazhi.dictionary.loading import load_specs
from made.sheets import make_sheet

ROOT = generate.FOLDER.parent
PAGES = ["CONTRIBUTING.md", "README.md", *sorted(p.relative_to(ROOT).as_posix() for p in generate.FOLDER.rglob("*.md"))]
DRILLS = ["演练日期", "演练类型", "地点", "参与人数"]


@pytest.mark.parametrize("name", generate.PAGES)
def test_a_page_is_the_one_that_is_generated(name):
    written = (generate.FOLDER / name).read_text(encoding="utf-8")
    assert written == generate.PAGES[name](), "run python -m docs.generate"


@pytest.mark.parametrize("model", SPECS, ids=lambda model: model.__name__)
def test_every_key_of_the_specs_is_described_by_an_example_that_holds(model):
    for name, field in keys(model):
        assert field.description, name
        for example in field.examples or ():
            TypeAdapter(field.annotation).validate_python(example)


@pytest.mark.parametrize("model", SPECS, ids=lambda model: model.__name__)
def test_every_key_is_said_in_chinese_too(model):
    assert list(SAID[model.__name__]) == [name for name, _ in keys(model)], "docs/pages/said_keys.py"
    assert model.__name__ in TITLES


def test_every_file_of_the_dictionary_has_a_section():
    files = {path.name for path in resources.files("fazhi.dictionary").iterdir() if path.name.endswith(".yml")}
    page = generate.PAGES["reference/specs.md"]()
    assert [name for name in sorted(files) if f"/{name}" not in page] == []


def test_every_column_of_a_clean_table_is_described_and_every_quantity_has_a_unit():
    columns = {
        f"{ledger.id}.{name}": column
        for ledger in load_specs().ledgers.values()
        for name, column in ledger.columns.items()
        if column.published
    }
    assert [name for name, column in columns.items() if not column.description] == []
    assert [name for name, c in columns.items() if bool(c.unit) != (c.kind in ("count", "money", "number"))] == []


def test_the_page_of_the_columns_names_those_of_a_clean_table(cleaned):
    result = cleaned("drills", make_sheet([DRILLS, ["2025-03-05", "消防", "龙井村", 60]]))
    page = generate.PAGES["reference/data-dictionary.md"]()
    told = page[page.index("## drills") :].partition("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)`", told, flags=re.MULTILINE)
    assert [*listed, *SOURCE] == list(clean_table(result, str).column_names)


def test_the_design_names_every_package():
    package = resources.files("fazhi")
    parts = [
        e.name.removesuffix(".py") for e in package.iterdir() if not e.name.startswith("_") and e.name != "py.typed"
    ]
    design = (generate.FOLDER / "explanation" / "design.md").read_text(encoding="utf-8")
    assert len(parts) > 20
    assert [part for part in parts if f"`{part}`" not in design] == []


@pytest.mark.parametrize("page", PAGES)
def test_what_a_document_points_to_is_there(page):
    root = ROOT
    text = (root / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!http|#)([^)#]+)", text)
    modules = re.findall(r"`((?:\w+/)+\w+\.(?:py|yml|md))`", text)
    missing = [link for link in links if not ((root / page).parent / link).exists()]
    places = (root, root / "lib" / "fazhi", root / "lib" / "fazhi" / "dictionary")
    written = ("data/processed/", "data/raw/")  # what a town or a run makes
    missing += [m for m in modules if not m.startswith(written) and not any((place / m).exists() for place in places)]
    assert missing == []
