"""The generated pages of docs/ say what the code and the dictionary say."""

import pytest
from docs import generate


@pytest.mark.parametrize("name", generate.PAGES)
def test_a_page_is_the_one_that_is_generated(name):
    written = (generate.FOLDER / name).read_text(encoding="utf-8")
    assert written == generate.PAGES[name](), "run python -m docs.generate"
