"""The examples in docstrings say what the functions return."""

import doctest
import importlib
from pathlib import Path

import pytest

import fazhi

ROOT = Path(fazhi.__file__).parent
WITH_EXAMPLES = [path for path in sorted(ROOT.rglob("*.py")) if "\n    >>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_examples_of_a_module_hold(path):
    name = ".".join(("fazhi", *path.relative_to(ROOT).with_suffix("").parts))
    done = doctest.testmod(importlib.import_module(name))
    assert done.attempted > 0 and done.failed == 0


def test_the_faces_of_the_packages_have_examples():
    assert {"values", "disclosure", "indicators", "trends"} <= {path.parent.name for path in WITH_EXAMPLES}
