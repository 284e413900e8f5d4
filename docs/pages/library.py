"""What other programs and notebooks may call, as a page, from signatures and docstrings."""

import inspect
from typing import Any

from docs.pages.markdown import GENERATED, table

from fazhi.checking.check import check_draft
from fazhi.runs.pipeline import Outcome, run
from fazhi.steps import analysis, open_year
from fazhi.town_year import TownYear
from fazhi.workspace.paths import Workspace
from fazhi.workspace.results import YearResults
from fazhi.workspace.run_record import read_run
from fazhi.workspace.year_statistics import IndicatorEntry

INTRODUCTION = """# Library

What a program or a notebook of one's own may call; everything else is inside and may change. Expected faults are
`fazhi.errors.FazhiError` with one Chinese message; a step that failed is in the outcome, not raised.

```python
from pathlib import Path

from fazhi.runs.pipeline import run
from fazhi.workspace.paths import Workspace

outcome = run(Workspace(Path("青木镇")), 2025)
print(outcome.failed or outcome.folder)
```
"""
FACES: dict[str, tuple[Any, ...]] = {
    "A year": (open_year, TownYear, run, Outcome, read_run),
    "A town's folder, and its results read and typed": (Workspace, YearResults, IndicatorEntry),
    "Analysis in a notebook": (analysis.open_tables, analysis.only, analysis.two_years, analysis.chart, analysis.save),
    "A draft": (check_draft,),
}
HEADS = ("name", "from", "what it gives")


def library_page() -> str:
    """docs/reference/library.md."""
    sections = (f"## {title}\n\n{table(HEADS, map(_row, faces))}\n" for title, faces in FACES.items())
    return "\n".join([f"{GENERATED}\n", INTRODUCTION, *sections])


def _row(face: Any) -> tuple[str, str, str]:
    words = "" if inspect.isclass(face) else f"({', '.join(inspect.signature(face).parameters)})"
    said = (inspect.getdoc(face) or "").partition("\n\n")[0]
    return f"`{face.__name__}{words}`", f"`{face.__module__}`", said
