"""What a step's code is: everything it imports and every data file that is named there, and no more."""

import ast

import pytest

from fazhi.runs import code_fingerprint
from fazhi.runs.code_fingerprint import ROOT, code_of_notebook, files_of
from fazhi.workspace.paths import notebook_folder


def names(*modules):
    return {path.relative_to(ROOT).as_posix() for path in files_of(*modules)}


def test_a_document_hangs_on_what_renders_it_and_not_on_what_counts():
    found = names("documents.publish")
    assert {
        "documents/docx.py",
        "documents/templates/report.typ",
        "documents/fonts.py",
        "workspace/files.py",
        "errors.py",
    } <= found
    assert not {"steps/appendix.py", "steps/statistics.py", "dictionary/indicators.yml", "cli/main.py"} & found


def test_the_steps_hang_on_every_ledger_s_definition():
    found = names("steps.clean")
    assert {f"dictionary/ledgers/{path.name}" for path in (ROOT / "dictionary" / "ledgers").glob("*.yml")} <= found
    assert {"intake/xlsx/read_xlsx.py", "cleaning/clean.py"} <= found
    assert "documents/charts.py" not in found


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_import_of_the_package_is_overlooked(path):
    source = path.read_text(encoding="utf-8")
    seen = {file for name in code_fingerprint._imports(source) for file in code_fingerprint._paths(name)}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "fazhi":
            inside = node.module.removeprefix("fazhi").lstrip(".")
            for alias in node.names:
                assert set(code_fingerprint._paths(f"{inside}.{alias.name}".lstrip("."))) <= seen, (
                    node.module,
                    alias.name,
                )


def test_the_words_that_a_name_is_judged_by_are_part_of_what_judges_it():
    assert all("privacy/common_words.txt" in names(f"privacy.{name}") for name in ("private_index", "register"))


def test_each_notebook_has_its_own_code():
    prints = {path.stem: code_of_notebook(path) for path in notebook_folder().glob("0*.ipynb")}
    assert len(prints) >= 5
    assert prints["01_clean_ledger"] != prints["03_report"] != prints["02_statistics"]
