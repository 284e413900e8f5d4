"""The `.py` notebooks (percent format) are the source; the `.ipynb` beside each is generated, without outputs.

python -m fazhi.engine.notebook_files               # after editing notebooks/*.py; an edited .ipynb is never overwritten
python -m fazhi.engine.notebook_files --take FILE   # where both were edited, this one stands; the other is kept as .old
"""

import argparse
import hashlib
import re
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from fazhi.engine.preload import without_formats
from fazhi.errors import FazhiError, SpecError
from fazhi.workspace.files import write_bytes, write_text
from fazhi.workspace.notebook_pairs import (
    MARK,
    edited,
    load_jupytext,
    marks,
    out_of_step,
    read_percent,
    sentence,
    text_of,
)
from fazhi.workspace.paths import notebook_folder

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_HEADER = re.compile(r"# ---\n.*?\n# ---\n", re.DOTALL)


def load_nbformat() -> Any:
    """nbformat without the formats of jsonschema, which take seconds to load and which no notebook needs."""
    with without_formats():
        import nbformat

        return nbformat


def generated(source: Path) -> str:
    """The `.ipynb` text of a percent-format notebook: fixed cell ids, no outputs, the plain Python kernel."""
    nbformat, notebook = load_nbformat(), read_percent(source)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = hashlib.sha256(f"{source.stem}-{number}".encode()).hexdigest()[:8]
    notebook.metadata = nbformat.from_dict(
        {MARK: marks(source, notebook.cells), "kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    return nbformat.writes(notebook, version=4) + "\n"


def refresh(folder: Path, on_message: Callable[[str], None]) -> None:
    """Generate each `.ipynb` of which only the `.py` was edited; one that was edited itself stays, and is told of.

    Raises SpecError, and generates nothing, where both were edited: which of them is meant cannot be known.
    """
    found = out_of_step(folder)
    if both := [sentence(source, by) for source, by in found.items() if by == "both"]:
        raise SpecError("\n".join(both))
    for source, by in found.items():
        if by == "py":
            write_text(source.with_suffix(".ipynb"), generated(source))
        on_message(sentence(source, by))


def take(file: Path) -> Path | None:
    """Let one file of a pair stand for both; returns the `.old` in which the other is kept where it was edited.

    Raises SpecError where `file` is not of a pair, or is an `.ipynb` that cannot be read.
    """
    source, target = file.with_suffix(".py"), file.with_suffix(".ipynb")
    if file.suffix not in (".py", ".ipynb") or not (source.exists() and target.exists()):
        raise SpecError(f"{file.name} 不是一对笔记本（同名的 .py 和 .ipynb）中的一个。请核对文件名。")
    by, kept = edited(source), None
    if file == target and by:
        text = _percent(target, text_of(source))
        kept = _keep(source)
        write_text(source, text)
    elif file == source and by in ("ipynb", "both"):
        kept = _keep(target)
    write_text(target, generated(source))
    return kept


def _percent(notebook: Path, old: str) -> str:
    """The `.py` text of an `.ipynb`, below the header of the old `.py`."""
    try:
        read = load_nbformat().reads(text_of(notebook), as_version=4)
    except ValueError as error:
        raise SpecError(f"读不了 {notebook.name}：不是完好的笔记本，只能以 .py 为准。") from error
    text, header = load_jupytext().writes(read, fmt="py:percent"), _HEADER.match(old)
    return _HEADER.sub(lambda found: (header or found)[0], text, count=1)


def _keep(file: Path) -> Path:
    """A copy beside the file under the first free name."""
    names = (file.with_name(f"{file.name}.old{number or ''}") for number in count())
    return write_bytes(next(name for name in names if not name.exists()), file.read_bytes())


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 the files of every pair say the same; 1 an edited `.ipynb` was left as it is; 2 nothing was done."""
    parser = argparse.ArgumentParser(prog="python -m fazhi.engine.notebook_files")
    parser.add_argument("--take", metavar="文件", help="一对笔记本不一致时，以这一个为准")
    wanted, folder = parser.parse_args(arguments).take, notebook_folder()
    try:
        if not wanted:
            refresh(folder, print)
        elif kept := take(folder / Path(wanted).name):
            print(f"以 {Path(wanted).name} 为准；原来的另一个存为 {kept.name}。")
    except FazhiError as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if out_of_step(folder) else 0


if __name__ == "__main__":
    sys.exit(main())
