"""Takes out of an executed notebook what depends on the clock, the process or the folder, so that same input gives same bytes."""

import re
import tempfile
from pathlib import Path
from typing import Any

_CLOCK = ("start_time", "end_time", "duration")
# ipykernel calls a cell's code <temporary folder>/ipykernel_<process id>/<hash of the code>.py; warnings print that name
_CELL_FILE = re.compile(r"ipykernel_\d+[/\\](\d+\.py)")


def make_deterministic(nb: Any, source_ids: set[str]) -> None:
    """Change `nb` in place. `source_ids` are the ids of the source notebook's cells; those of added cells are fixed."""
    for key in ("input_path", "output_path"):
        nb.metadata.papermill[key] = Path(nb.metadata.papermill[key]).name
    for holder in (nb, *nb.cells):
        for key in _CLOCK:
            holder.metadata.get("papermill", {}).pop(key, None)
    _fix_ids(nb, source_ids)
    for cell in nb.cells:
        for out in cell.get("outputs", ()):
            _fix_cell_names(out)


def _fix_ids(nb: Any, source_ids: set[str]) -> None:
    if (nb.nbformat, nb.nbformat_minor) < (4, 5):
        return
    for index, cell in enumerate(nb.cells):
        if cell.id not in source_ids:
            cell.id = f"fazhi-{index}"


def _fix_cell_names(out: Any) -> None:
    if out.output_type == "stream":
        out.text = _without_process(out.text)
    elif out.output_type == "error":
        out.traceback = [_without_process(line) for line in out.traceback]


def _without_process(text: str) -> str:
    text = text.replace(str(Path(tempfile.gettempdir(), "ipykernel_")), "ipykernel_")
    return _CELL_FILE.sub(r"ipykernel/\1", text)
