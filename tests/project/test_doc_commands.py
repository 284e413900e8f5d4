"""What the documents show can be typed: commands against the command's own parser, examples of YAML against the settings' check."""

import ast
import re
import shlex
from collections.abc import Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import pytest

from fazhi.cli.arguments import parser
from fazhi.runs.settings_check import open_checked
from fazhi.workspace.paths import Workspace

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TARGETS = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
EXPORTERS = {entry.name for entry in entry_points(group="nbconvert.exporters")}
OTHERS = {"cd", "conda", "dask", "git", "pip", "source", "uv", ".venv/bin/lint-imports"}  # programs of others


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text, flags=re.M | re.S)


def commands(text: str) -> Iterator[str]:
    """What is shown in a block of the terminal, and every `fazhi …` in a sentence that is no pattern of one."""
    for block in blocks(text, "console"):
        for line in block.replace("\\\n", " ").splitlines():
            if line.strip():
                yield re.sub(r"\s{2,}#.*", "", line.strip().removeprefix("$ "))
    prose = re.sub(r"```.*?```", "", text, flags=re.S)
    for one in re.findall(r"`(fazhi [^`\n]+)`", prose):
        if not re.search(r"[\[{…]", one):
            yield one.replace("年度", "2025") if one.count(" ") > 1 else f"{one} --help"  # alone it is a name


def parameters(notebook: Path) -> set[str]:
    tree = ast.parse(notebook.with_suffix(".py").read_text(encoding="utf-8"))
    return {
        node.target.id for node in tree.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }


def fault(command: str) -> str:
    """What is wrong with a command; nothing where it can be typed."""
    words = [word for word in shlex.split(command) if not re.fullmatch(r"[A-Z]+=\S+", word)]
    match words:
        case ["fazhi", *given]:
            arguments, beyond = parser().parse_known_args(given)  # a wrong one exits
            return f"too much: {beyond}" if beyond and arguments.command != "lab" else ""
        case ["make", *targets]:
            return "" if set(targets) <= set(TARGETS) else "no such target"
        case ["papermill", notebook, _, *rest]:
            named = {rest[at + 1] for at, word in enumerate(rest) if word == "-p"}
            return "" if named and named <= parameters(ROOT / notebook) else "no such notebook or parameter"
        case ["jupyter", "nbconvert", "--to", exporter, *_]:
            return "" if exporter in EXPORTERS else "no such exporter"
        case ["python" | ".venv/bin/python", "-m", module, *_]:
            return "" if find_spec(module) else "no such module"
    return "" if words[0] in OTHERS else "a program that no page says how to get"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_shown_can_be_typed(page):
    wrong = {}
    for command in commands(page.read_text(encoding="utf-8")):
        try:
            found = fault(command)
        except SystemExit as stopped:
            found = f"exit {stopped.code}" if stopped.code else ""
        if found:
            wrong[command] = found
    assert wrong == {}


def test_a_command_that_is_none_is_seen():
    text = "```console\n$ fazhi statsu\n$ make reprot\n$ papermill notebooks/03_report.ipynb o.ipynb -p yaer 2025\n```\n`fazhi run --al`"
    found = list(commands(text))
    assert [*map(fault, found[1:3])] == ["no such target", "no such notebook or parameter"]
    for command in (found[0], found[3]):
        with pytest.raises(SystemExit):
            fault(command)


EXAMPLES = [page for page in PAGES if re.search(r"^# data/raw/", page.read_text(encoding="utf-8"), flags=re.M)]


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_of_a_page_hold_one_after_the_other(page, workspace: Workspace):
    text = page.read_text(encoding="utf-8")
    found = [(re.match(r"# (data/raw/\S+)\n", block), block) for block in blocks(text, "yaml")]
    assert found and all(named for named, _ in found), "each block says in its first line where it is written"
    for named, block in found:
        place = workspace.root / named[1]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(block, encoding="utf-8")
        open_checked(2025, workspace)
    for block in blocks(text, "jinja"):
        workspace.report_template(2025).write_text(block, encoding="utf-8")
        open_checked(2025, workspace)
