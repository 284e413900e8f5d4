"""Which of the package's files a step is made by: the modules it starts from, all that they import, and the data they name.

A data file that no module names belongs to every step, so that nothing is missed.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent
_FROM = re.compile(r"^\s*from fazhi((?:\.\w+)*) import (\([^)]*\)|[^\n]*)", re.MULTILINE)
_NAMED = re.compile(r"""["']?\bfazhi((?:\.\w+)+)""")  # `import fazhi.x`, and modules named in strings
_TEXT = re.compile(r"""["']([\w./-]+)["']""")
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
    """Modules, or things in them, that a source imports from the package, anywhere in it."""
    for package, names in _FROM.findall(source):
        yield from (f"{package}.{name}".lstrip(".") for name in re.findall(r"\w+", re.sub(r" as \w+", "", names)))
    yield from (name.lstrip(".") for name in _NAMED.findall(source))


def _paths(module: str) -> Iterator[Path]:
    """The file of a module, and of the packages it lies in; the last part of its name may be a thing in it."""
    place = ROOT
    for part in module.split("."):
        place = place / part
        yield from (path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file())


@cache
def _data(path: Path) -> frozenset[Path]:
    """The data files that a module names, by their names or by a folder they lie in, and those of its own package."""
    words = set(_TEXT.findall(path.read_text(encoding="utf-8")))
    package = path.relative_to(ROOT).parts[0]
    return frozenset(
        file for file, names in _named_by().items() if names & words or file.relative_to(ROOT).parts[0] == package
    )


@cache
def _named_by() -> dict[Path, frozenset[str]]:
    """Each data file of the package, and what names it."""
    inside = {path: path.relative_to(ROOT) for path in ROOT.rglob("*") if path.suffix in DATA and path.is_file()}
    return {path: frozenset({own.as_posix(), own.name, *own.parts[:-1]}) for path, own in inside.items()}


@cache
def _unnamed() -> frozenset[Path]:
    return frozenset(_named_by()) - frozenset().union(*(_data(path) for path in ROOT.rglob("*.py")))


@cache
def _joint(files: frozenset[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
