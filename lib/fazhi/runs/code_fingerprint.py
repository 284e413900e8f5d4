"""Which of the package's files a step is made by: the modules it starts from, all that they import, and the data they name.

A data file that no module names belongs to every step, so that nothing is missed.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]  # the package
_NAMED = re.compile(r"\bfazhi\.(\w+(?:\.\w+)*)")
_FROM = re.compile(r"\bfrom[ ]+(fazhi[\w.]*)[ ]+import[ ]+(?:\(([^)]*)\)|([^\n]*))")
_NAME = re.compile(r"\w+")
_BETWEEN = re.compile(r"[\"'/\n]")
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
    return frozenset(file for module in set(_imports(_text(path))) for file in _paths(module))


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _imports(source: str) -> Iterator[str]:
    """Modules, or things in them, that a source imports from the package, anywhere in it, or names: in a string, even in a comment.

    By the look of the line: to parse 350 files for every run takes two seconds.
    """
    yield from _NAMED.findall(source)
    for package, bracketed, plain in _FROM.findall(source):
        yield from (f"{package}.{name}".removeprefix("fazhi").lstrip(".") for name in _NAME.findall(bracketed or plain))


@cache
def _paths(module: str) -> tuple[Path, ...]:
    """The file of a module, and of the packages it lies in; the last part of its name may be a thing in it."""
    parts = module.split(".")
    places = [ROOT.joinpath(*parts[: depth + 1]) for depth in range(len(parts))]
    files = (path for place in places for path in (place.with_suffix(".py"), place / "__init__.py"))
    return tuple(path for path in files if path in _sources())


@cache
def _sources() -> frozenset[Path]:
    return frozenset(ROOT.rglob("*.py"))


@cache
def _data(path: Path) -> frozenset[Path]:
    """The data files that a module names: by their own name, or, in its own package, by a folder they lie in."""
    words = _words(path)
    package = path.relative_to(ROOT).parts[0]
    return frozenset(
        file
        for file, (in_package, *folders, name) in _data_files().items()
        if name in words or (in_package == package and not words.isdisjoint(folders))
    )


def _words(path: Path) -> frozenset[str]:
    """The parts of every path-like string in a source: all that stands between quotation marks and slashes."""
    return frozenset(_BETWEEN.split(_text(path)))


@cache
def _data_files() -> dict[Path, tuple[str, ...]]:
    """The data files, with the parts of their path in the package."""
    files = (path for path in ROOT.rglob("*") if path.suffix in DATA and path.is_file())
    return {path: path.relative_to(ROOT).parts for path in files}


@cache
def _unnamed() -> frozenset[Path]:
    return frozenset(_data_files()).difference(*map(_data, _sources()))


@cache
def _joint(files: frozenset[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
