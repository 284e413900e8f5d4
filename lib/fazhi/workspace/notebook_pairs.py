"""The two files of a notebook, and which of them was edited: the `.py` is the source, the `.ipynb` generated from it.

The `.ipynb` carries fingerprints of both, taken when it was generated. They tell which was edited since; the times of files
do not, which a checkout, a copy or a shared folder sets anew.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from fazhi.errors import SpecError

MARK = "fazhi"  # key in the metadata of a generated notebook
TAKE = "python -m fazhi.engine.notebook_files --take"

Edited = Literal["", "py", "ipynb", "both"]


def out_of_step(folder: Path) -> dict[Path, Edited]:
    """The `.py` notebooks of a folder whose `.ipynb` says something else, and which of the two was edited."""
    return {source: by for source in sorted(folder.glob("[0-9][0-9]_*.py")) if (by := edited(source))}


def edited(source: Path) -> Edited:
    """Which file of the pair was edited since the `.ipynb` was generated; `both` also where that cannot be told."""
    target = source.with_suffix(".ipynb")
    if not target.exists():
        return "py"
    try:
        notebook = json.loads(text_of(target))
        cells, known = fingerprint_cells(notebook["cells"]), notebook["metadata"].get(MARK, {})
    except (ValueError, LookupError, TypeError, AttributeError):
        return "both"
    py, ipynb = known.get("source") != fingerprint_text(text_of(source)), known.get("cells") != cells
    if py and ipynb:
        return "py" if cells == _cells_in(source) else "both"  # the same was done to both: the fingerprints are old
    return "py" if py else "ipynb" if ipynb else ""


def sentence(source: Path, by: Edited) -> str:
    """What a run does about a pair that is out of step, for the analyst."""
    name = source.stem
    ways = f"以 .ipynb 为准：{TAKE} {name}.ipynb；以 .py 为准：{TAKE} {name}.py。另一个存为 .old。"
    return {
        "": "",
        "py": f"{name}.py 改过：由它重新生成 {name}.ipynb。",
        "ipynb": f"{name}.ipynb 改过，与 {name}.py 不一致：不覆盖，运行的是 {name}.ipynb。{ways}",
        "both": f"{name}.py 和 {name}.ipynb 不一致，不能确定以哪个为准。{ways}",
    }[by]


def marks(source: Path, cells: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The fingerprints that an `.ipynb` with these cells carries when it is generated from `source`."""
    return {"cells": fingerprint_cells(cells), "source": fingerprint_text(text_of(source))}


def fingerprint_cells(cells: Iterable[Mapping[str, Any]]) -> str:
    """What cells say, their kind, text and tags; neither outputs nor the empty cells that JupyterLab adds."""
    said = [
        [cell["cell_type"], text, sorted(cell.get("metadata", {}).get("tags", []))]
        for cell in cells
        if (text := "".join(cell["source"]).strip())
    ]
    return fingerprint_text(json.dumps(said, ensure_ascii=False))


def fingerprint_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def text_of(file: Path) -> str:
    """The file's text, line ends as `\\n`. Raises SpecError where it is not UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecError(f"{file.name} 不是 UTF-8 编码。请用编辑器另存为 UTF-8。") from error


def read_percent(source: Path) -> Any:
    """The notebook that a `.py` in percent format is. Raises SpecError where jupytext is not installed."""
    return load_jupytext().reads(text_of(source), fmt="py:percent")


def load_jupytext() -> Any:
    """jupytext, of the extra `lab`; a SpecError where it is missing."""
    try:
        import jupytext
    except ImportError as error:
        raise SpecError('没有安装 jupytext，不能由 .py 生成 .ipynb。请先运行 pip install "fazhi[lab]"。') from error
    return jupytext


def _cells_in(source: Path) -> str:
    try:
        return fingerprint_cells(read_percent(source).cells)
    except SpecError:
        return ""
