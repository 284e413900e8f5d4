"""Which of the package's files a step is made by: the modules it starts from, all that they import, and the data they name.

A data file that no module names belongs to every step, so that nothing is missed.
"""

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]  # the package
_NAMED = re.compile(r"\bfazhi\.(\w+(?:\.\w+)*)")  # a module named in a string
DATA = frozenset({".yml", ".md", ".txt", ".typ", ".html", ".css", ".js", ".j2", ".json"})


def code_of(*modules: str) -> str:
    """One fingerprint for the files behind modules of the package (`steps`, `publishing.docx`)."""
    return _joint(files_of(*modules))


def code_of_notebook(path: Path) -> str:
    """The same for what a notebook imports."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return code_of(*_imports("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")))


@cache
def files_of(*modules: str) -> frozenset[Path]:
    """The files themselves."""
    found: set[Path] = set(_unnamed())
    waiting = [path for module in modules for path in _paths(module)]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found |= {path, *_data(path)}
            waiting += _imported_by(path)
    return frozenset(found)


@cache
def _imported_by(path: Path) -> frozenset[Path]:
    modules = set(_imports(path.read_text(encoding="utf-8")))
    return frozenset(file for module in modules for file in _paths(module))


def _imports(source: str) -> Iterator[str]:
    """Modules, or things in them, that a source imports from the package, anywhere in it, or names in a string."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module=str(module)) if f"{module}.".startswith("fazhi."):
                yield from (f"{module}.{name.name}".removeprefix("fazhi.") for name in node.names)
            case ast.Import():
                yield from (name.name.removeprefix("fazhi.") for name in node.names if name.name.startswith("fazhi."))
            case ast.Constant(value=str(text)):
                yield from _NAMED.findall(text)


def _paths(module: str) -> Iterator[Path]:
    """The file of a module, and of the packages it lies in; the last part of its name may be a thing in it."""
    place = ROOT
    for part in module.split("."):
        place = place / part
        yield from (path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file())


@cache
def _data(path: Path) -> frozenset[Path]:
    """The data files that a module names: by their own name, or, in its own package, by a folder they lie in."""
    words = _words(path)
    package = path.relative_to(ROOT).parts[0]
    return frozenset(
        file
        for file in _data_files()
        if file.name in words
        or (file.relative_to(ROOT).parts[0] == package and words & set(file.relative_to(ROOT).parts[1:-1]))
    )


def _words(path: Path) -> set[str]:
    """The parts of every path-like string in a source."""
    strings = (
        node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
    )
    return {part for text in strings if isinstance(text, str) for part in text.split("/")}


@cache
def _data_files() -> frozenset[Path]:
    return frozenset(path for path in ROOT.rglob("*") if path.suffix in DATA and path.is_file())


@cache
def _unnamed() -> frozenset[Path]:
    return _data_files() - frozenset().union(*(_data(path) for path in ROOT.rglob("*.py")))


@cache
def _joint(files: frozenset[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
