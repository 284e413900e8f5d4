"""The project itself: what git sees, what installs it, what the notebooks and documents promise."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from fazhi import cli, notebooks
from fazhi.specs import load_specs

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
SOURCES = sorted((ROOT / "lib" / "fazhi").rglob("*.py"))


def _name(requirement: str) -> str:
    return re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_git_sees_the_package_the_notebooks_and_the_sample():
    wanted = ["lib/fazhi/__init__.py", "notebooks/03_report.ipynb", "data/raw/unit.yml", "tests/test_project.py"]
    wanted += [path.relative_to(ROOT).as_posix() for path in (ROOT / "data" / "raw").rglob("*.xls*")]
    asked = subprocess.run(["git", "check-ignore", *wanted], cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.stdout == ""
    assert len(wanted) > 20


def test_git_does_not_see_what_a_run_makes():
    made = ["data/processed/2025/report.html", "data/.key", ".venv/bin/python"]
    asked = subprocess.run(["git", "check-ignore", *made], cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.stdout.split() == made


def test_every_dependency_is_locked_with_hashes_and_no_host():
    locked = {line.split("==")[0].lower() for line in LOCK.splitlines() if "==" in line and not line.startswith(" ")}
    wanted = {_name(r) for r in PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"]}
    assert wanted <= locked
    assert "://" not in LOCK
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", LOCK.strip()))


def test_the_conda_environment_installs_the_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, _, pip = environment["dependencies"]
    assert python == "python" + PYPROJECT["project"]["requires-python"]
    assert pip == {"pip": ["-r requirements.lock"]}


@pytest.mark.parametrize("source", sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.py")), ids=lambda path: path.stem)
def test_a_notebook_is_the_one_its_source_generates(source):
    assert source.with_suffix(".ipynb").read_text(encoding="utf-8") == notebooks.generated(source), (
        "run python -m fazhi.notebooks"
    )


@pytest.mark.parametrize("source", sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.py")), ids=lambda path: path.stem)
def test_notebooks_are_thin(source):
    tree = ast.parse(source.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    cells = [
        cell
        for cell in source.read_text(encoding="utf-8").split("# %%")
        if cell.strip() and "[markdown]" not in cell.splitlines()[0]
    ]
    assert all(len([line for line in cell.splitlines()[1:] if line.strip()]) <= 8 for cell in cells[1:])


def test_importing_fazhi_reads_no_file_and_loads_nothing_heavy():
    program = "import sys, fazhi.cli; print([m for m in ('pandas', 'matplotlib', 'pydantic', 'yaml', 'IPython') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_the_readmes_name_every_command():
    named = [action.choices for action in cli.parser()._actions if action.choices]
    commands = list(named[0])
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        assert [command for command in commands if f"fazhi {command}" not in text] == [], readme


def test_every_column_and_indicator_has_a_chinese_label():
    specs = load_specs()
    labels = [c.label for ledger in specs.ledgers.values() for c in ledger.columns.values()]
    labels += [indicator.label for indicator in specs.indicators.values()]
    assert [label for label in labels if not re.search(r"[\u4e00-\u9fff]", label)] == []


# --- data flows one way ---------------------------------------------------------------------------------------------

STAGES = (
    (
        "errors",
        "paths",
        "storage",
        "returned_index",
        "written",
        "numerals",
        "values",
        "dates",
        "money",
        "wording",
        "specs",
        "issues",
    ),
    (
        "intake",
        "matching",
        "layout",
        "corrections",
        "recognition",
        "rows",
        "cells",
        "records",
        "duplicates",
        "fates",
        "cleaning",
        "pseudonyms",
        "frames",
        "sources",
        "row_prints",
        "private_values",
        "hidden",
        "withheld",
        "return_sheet",
        "totals",
    ),
    (
        "indicators",
        "plans",
        "audit",
        "suppression",
        "tabulation",
        "steps",
        "drift",
        "mended",
        "counting",
        "views",
        "xls_look",
        "office_copy",
        "marking",
        "returned",
    ),
    (
        "public_figures",
        "quantities",
        "sentences",
        "prose",
        "rendering",
        "notices",
        "narrative",
        "printable",
        "document",
        "fonts",
        "figures",
        "report",
        "workbook",
        "evidence_table",
        "appendix",
        "trends",
        "explorer",
    ),
    ("engine", "notebooks", "publishing", "publication", "disclosure"),
    (
        "imported_code",
        "freshness",
        "plan",
        "turn",
        "staging",
        "release",
        "pipeline",
        "unchanged",
        "reporting",
        "tracing",
        "scaffold",
        "decisions",
        "questions",
        "accept",
        "watching",
        "district",
        "fleet",
        "cli",
    ),
)


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("fazhi."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "fazhi":
            found |= {alias.name for alias in node.names}
    return found


def test_a_module_imports_only_from_its_own_stage_and_those_before():
    rank = {module: number for number, stage in enumerate(STAGES) for module in stage}
    wrong = []
    for path in SOURCES:
        parts = path.relative_to(ROOT / "lib" / "fazhi").parts
        own = parts[0].removesuffix(".py")
        if own in rank:
            wrong += [f"{own} -> {name}" for name in _imports(path) if rank.get(name, -1) > rank[own]]
    assert wrong == []


def test_functions_are_short_and_files_too():
    longest = {}
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 300, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                longest[f"{path.name}:{node.name}"] = (node.end_lineno or 0) - node.lineno
    assert {name: lines for name, lines in longest.items() if lines > 60} == {}
