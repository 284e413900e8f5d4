"""The `.py` notebooks (percent format) are the source; the `.ipynb` beside each is generated, without outputs.

python -m fazhi.engine.notebook_files        # after editing notebooks/*.py
"""

import hashlib
from pathlib import Path
from typing import Any

from fazhi.engine.preload import without_iri_grammar
from fazhi.workspace.files import write_text
from fazhi.workspace.paths import notebook_folder

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def load_nbformat() -> Any:
    """nbformat without jsonschema's grammar of IRIs, which takes seconds to build and which no notebook needs."""
    with without_iri_grammar():
        import nbformat

        return nbformat


def generated(source: Path) -> str:
    """The `.ipynb` text of a percent-format notebook: fixed cell ids, no outputs, the plain Python kernel."""
    nbformat = load_nbformat()
    import jupytext

    notebook = jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent")
    for number, cell in enumerate(notebook.cells):
        cell["id"] = hashlib.sha256(f"{source.stem}-{number}".encode()).hexdigest()[:8]
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    return nbformat.writes(notebook, version=4) + "\n"


def generate(folder: Path) -> list[Path]:
    """Write the `.ipynb` of every `.py` notebook."""
    return [
        write_text(source.with_suffix(".ipynb"), generated(source)) for source in sorted(folder.glob("[0-9][0-9]_*.py"))
    ]


if __name__ == "__main__":
    for path in generate(notebook_folder()):
        print(path.name)
