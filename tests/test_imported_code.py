"""What a step's code is: everything it imports and every data file that is named there, and no more."""

import ast

import pytest

from fazhi import imported_code
from fazhi.imported_code import ROOT, code_of_notebook, files_of
from fazhi.paths import notebook_folder


def names(*modules):
    return {path.relative_to(ROOT).as_posix() for path in files_of(*modules)}


def test_a_document_hangs_on_what_renders_it_and_not_on_what_counts():
    found = names("publication")
    assert {"publishing/docx.py", "publishing/templates/report.typ", "fonts.py", "storage.py", "errors.py"} <= found
    assert not {"appendix.py", "counting.py", "indicators.yml", "cli.py"} & found


def test_the_steps_hang_on_every_ledger_s_definition():
    found = names("steps")
    assert {f"ledgers/{path.name}" for path in (ROOT / "ledgers").glob("*.yml")} <= found
    assert {"intake/xlsx.py", "cleaning.py"} <= found
    assert "figures.py" not in found


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_import_of_the_package_is_overlooked(path):
    source = path.read_text(encoding="utf-8")
    seen = {file for name in imported_code._imports(source) for file in imported_code._paths(name)}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "fazhi":
            inside = node.module.removeprefix("fazhi").lstrip(".")
            for alias in node.names:
                assert set(imported_code._paths(f"{inside}.{alias.name}".lstrip("."))) <= seen, (
                    node.module,
                    alias.name,
                )


def test_the_words_that_a_name_is_judged_by_are_part_of_what_judges_it():
    assert "words.txt" in names("hidden") and "words.txt" in names("withheld")


def test_each_notebook_has_its_own_code():
    prints = {path.stem: code_of_notebook(path) for path in notebook_folder().glob("0*.ipynb")}
    assert len(prints) >= 5
    assert prints["01_clean_ledger"] != prints["03_report"] != prints["02_statistics"]
