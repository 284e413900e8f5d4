"""Which of the package's files a step is made by: the modules it starts from, all that they import, and the data they name.

A data file that no module names belongs to every step, so that nothing is missed.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]  # the package
_NAMED = re.compile(r"fazhi\.(\w+(?:\.\w+)*)")
_FROM = re.compile(r"from[ ]+(fazhi[\w.]*)[ ]+import[ ]+(?:\(([^)]*)\)|([^\n]*))")
_NAME = re.compile(r"\w+")
DATA = frozenset({".yml", ".md", ".txt", ".typ", ".html", ".css", ".js", ".j2", ".json"})


@cache
def code_fingerprint() -> str:
    """One fingerprint for all of the package's own files: code, specs, templates."""
    return _joint(frozenset(_files()))


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
    within = (".".join(parts[: depth + 1]) for depth in range(len(parts)))
    return tuple(_sources()[name] for name in within if name in _sources())


@cache
def _sources() -> dict[str, Path]:
    """The modules and packages by their names below the package."""
    files = {
        (*inside, name.removesuffix(".py")): path for path, (*inside, name) in _files().items() if path.suffix == ".py"
    }
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): path for parts, path in files.items()}


@cache
def _files() -> dict[Path, tuple[str, ...]]:
    """The package's own files, code and data, with the parts of their path in the package."""
    found: dict[Path, tuple[str, ...]] = {}
    for folder, _, names in os.walk(ROOT):
        inside = Path(folder).relative_to(ROOT).parts
        paths = (Path(folder, name) for name in names if not name.endswith(".pyc"))
        found |= {path: (*inside, path.name) for path in paths if path.suffix in DATA | {".py"}}
    return found


@cache
def _data(path: Path) -> frozenset[Path]:
    """The data files that a module names: by their own name, or, in its own package, by a folder they lie in."""
    words = _words(path)
    package = _files()[path][0]
    return frozenset(
        file
        for file, (in_package, *folders, name) in _data_files().items()
        if name in words or (in_package == package and not words.isdisjoint(folders))
    )


def _words(path: Path) -> frozenset[str]:
    """The parts of every path-like string in a source: all that stands between quotation marks and slashes."""
    return frozenset(_text(path).replace('"', "\n").replace("'", "\n").replace("/", "\n").split("\n"))


@cache
def _data_files() -> dict[Path, tuple[str, ...]]:
    """The data files among them."""
    return {path: parts for path, parts in _files().items() if path.suffix in DATA}


@cache
def _unnamed() -> frozenset[Path]:
    return frozenset(_data_files()).difference(*map(_data, _sources().values()))


@cache
def _joint(files: frozenset[Path]) -> str:
    return hashlib.sha256(b"".join(sorted(map(_print, files)))).hexdigest()


@cache
def _print(path: Path) -> bytes:
    return "/".join(_files()[path]).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest()
