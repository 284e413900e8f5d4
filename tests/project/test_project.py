"""The project itself: what git sees, what installs it, what the notebooks and documents promise."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from fazhi.dictionary.loading import load_specs
from fazhi.engine import notebook_files

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK, DEV_LOCK = ((ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-dev.lock"))
SOURCES = sorted((ROOT / "lib" / "fazhi").rglob("*.py"))


def _name(requirement: str) -> str:
    return re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0].lower().replace("_", "-")


CORE = {_name(requirement) for requirement in PYPROJECT["project"]["dependencies"]}
EXTRAS = {_name(r) for extra in PYPROJECT["project"]["optional-dependencies"].values() for r in extra}
DISTRIBUTIONS = packages_distributions()  # by the name that is imported


def test_git_sees_the_package_the_notebooks_and_the_sample():
    wanted = [
        "lib/fazhi/__init__.py",
        "notebooks/03_report.ipynb",
        "data/raw/unit.yml",
        "tests/project/test_project.py",
    ]
    wanted += [path.relative_to(ROOT).as_posix() for path in (ROOT / "data" / "raw").rglob("*.xls*")]
    asked = subprocess.run(["git", "check-ignore", *wanted], cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.stdout == ""
    assert len(wanted) > 20


def test_git_does_not_see_what_a_run_makes():
    made = ["data/processed/2025/report.html", "data/.key", ".venv/bin/python"]
    asked = subprocess.run(["git", "check-ignore", *made], cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.stdout.split() == made


def _pins(lock: str) -> dict[str, list[str]]:
    """The lines of each distribution in a lock: more than one where its version hangs on the Python."""
    pins: dict[str, list[str]] = {}
    for line in lock.splitlines():
        if "==" in line and not line.startswith(" "):
            pins.setdefault(_name(line), []).append(line)
    return pins


def test_every_dependency_is_locked_with_hashes_and_no_host():
    groups = {name: set(map(_name, wanted)) for name, wanted in PYPROJECT["dependency-groups"].items()}
    assert {*CORE, *EXTRAS, *groups["build"]} <= set(_pins(LOCK))
    assert groups["dev"] <= set(_pins(DEV_LOCK))
    for lock in (LOCK, DEV_LOCK):
        assert "://" not in lock
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", lock.strip()))


def test_a_year_is_built_without_what_only_tests_and_tools_need():
    year, tools = _pins(LOCK), _pins(DEV_LOCK)
    assert set(map(_name, PYPROJECT["dependency-groups"]["dev"])) & set(year) == set()
    assert {name: pin for name, pin in tools.items() if name in year and pin != year[name]} == {}
    rules = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\nreport: $(READY)\n" in rules and "\ntest: $(TOOLS)\n" in rules


def _imported(source: Path) -> Iterator[tuple[str, bool]]:
    """Distributions that a source imports, each with whether it does so when it is imported itself."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        named = [node.module] if isinstance(node, ast.ImportFrom) else []
        named += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for module in named:
            for distribution in DISTRIBUTIONS.get((module or "").split(".")[0], ()):
                yield _name(distribution), node in tree.body


def test_what_the_code_imports_is_declared_and_extras_only_where_they_are_used():
    found = [(source.name, *imported) for source in SOURCES for imported in _imported(source)]
    assert len({name for _, name, _ in found}) > 20
    assert [(file, name) for file, name, _ in found if name not in CORE | EXTRAS | {"fazhi"}] == []
    assert [(file, name) for file, name, at_once in found if at_once and name in EXTRAS] == []


def test_the_conda_environment_installs_the_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, _, pip = environment["dependencies"]
    assert python == "python" + PYPROJECT["project"]["requires-python"]
    assert pip == {"pip": ["-r requirements.lock"]}


@pytest.mark.parametrize("source", sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.py")), ids=lambda path: path.stem)
def test_a_notebook_is_the_one_its_source_generates(source):
    assert source.with_suffix(".ipynb").read_text(encoding="utf-8") == notebook_files.generated(source), (
        "run python -m fazhi.engine.notebook_files"
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
    program = "import sys, fazhi.cli.main; print([m for m in ('pandas', 'matplotlib', 'pydantic', 'yaml', 'IPython') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_a_readme_is_short_and_its_pages_are_there(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    links = re.findall(r"(?:\]\(|src=\")(?!http|#)([^)\"#]+)", text)
    assert text.count("\n") <= 90
    assert len(links) > 15
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_column_and_indicator_has_a_chinese_label():
    specs = load_specs()
    labels = [c.label for ledger in specs.ledgers.values() for c in ledger.columns.values()]
    labels += [indicator.label for indicator in specs.indicators.values()]
    assert [label for label in labels if not re.search(r"[\u4e00-\u9fff]", label)] == []


# --- data flows one way ---------------------------------------------------------------------------------------------


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on the contracts of pyproject.toml, for the package in `folder`."""
    program = "import sys; sys.path.insert(0, 'lib'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_package_imports_only_from_the_stages_before_it():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("halls/__init__.py", "", "halls"),
        ("hall.py", "from fazhi.steps import clean\n", "hall"),
        ("values/halls.py", "def f():\n    from fazhi.steps import clean\n", "values.halls -> fazhi.steps"),
        ("values/halls.py", "from fazhi.values import rooms\n", "values"),
    ],
    ids=["a package nobody listed", "a module nobody listed", "an import against the stream", "a circle of files"],
)
def test_the_layers_see_every_module(tmp_path, name, source, said):
    shutil.copytree(ROOT / "lib" / "fazhi", tmp_path / "lib" / "fazhi", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    place = tmp_path / "lib" / "fazhi" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(source, encoding="utf-8")
    if "rooms" in source:
        place.with_name("rooms.py").write_text("from fazhi.values import halls\n", encoding="utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert said in done.stdout


def test_functions_are_short_and_files_too():
    longest = {}
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 300, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                longest[f"{path.name}:{node.name}"] = (node.end_lineno or 0) - node.lineno
    assert {name: lines for name, lines in longest.items() if lines > 60} == {}
