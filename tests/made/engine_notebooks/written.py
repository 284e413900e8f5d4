"""Writing a test's notebook to a file."""

from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

Cell = str | tuple[str, str]
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def write_notebook(path: Path, cells: Sequence[Cell]) -> Path:
    """A notebook of code cells with fixed ids; a cell is a source, or a source and a tag."""
    made = []
    for index, cell in enumerate(cells):
        source, tags = (cell, []) if isinstance(cell, str) else (cell[0], [cell[1]])
        made.append(new_code_cell(source, id=f"c{index}", metadata={"tags": tags}))
    nbformat.write(new_notebook(cells=made, metadata=KERNEL), path)
    return path
