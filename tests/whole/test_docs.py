"""The generated pages of docs/ say what the code and the dictionary say."""

from importlib import resources

import pytest
from docs import generate
from docs.pages.specs import SPECS, keys
from pydantic import TypeAdapter


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


def test_every_file_of_the_dictionary_has_a_section():
    files = {path.name for path in resources.files("fazhi.dictionary").iterdir() if path.name.endswith(".yml")}
    page = generate.PAGES["specs.md"]()
    assert [name for name in sorted(files) if f"/{name}" not in page] == []
