"""What the warm parent does once so that no notebook has to: imports, fonts, a compiled schema."""

import io
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fazhi.engine.workers import load_entry

# Imported once for all notebooks. None of them is used here: pandas' or arrow's pools would not survive the fork.
# matplotlib_inline is left out: its import chooses the backend, which must happen when the notebook imports pyplot.
WARM_MODULES = (
    "pandas",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pandas.io.formats.style",
    "pandas.plotting._matplotlib",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "IPython.core.magics.execution",
    "IPython.core.magics.pylab",
    "IPython.core.pylabtools",
    "pyarrow.pandas_compat",
    "pyarrow.parquet",
    "nbformat",
    "numpy.random",
    "papermill",
    "fazhi.engine.notebook",
)


def warm_up(extra: Sequence[str]) -> Any:
    """Import everything and return the kernel object; `extra` entries are `module` or `module:function` (called)."""
    from fazhi.engine.cells import make_kernel

    kernel = make_kernel()
    shell: Any = kernel.shell
    with shell.builtin_trap:  # pandas asks get_ipython(), when imported, whether it is in a notebook
        _import_all(extra)
    _draw_once()
    _validate_once()
    _forget_warnings()
    return kernel


def _import_all(extra: Sequence[str]) -> None:
    """Stops in the middle where the caller is gone: nobody waits for it then."""
    caller = os.getppid()
    with without_iri_grammar():
        for entry in [*extra, *WARM_MODULES]:
            if os.getppid() != caller:
                os._exit(1)
            loaded = load_entry(entry)
            if ":" in entry:
                loaded()


@contextmanager
def without_iri_grammar() -> Iterator[None]:
    """nbformat imports jsonschema, whose check of IRIs (not used for notebooks) spends 1.6 s on a grammar: hide it."""
    name = "rfc3987_syntax"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


def _draw_once() -> None:
    """Load fonts and drawing code by a figure that pyplot never hears of."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 2], label="a")
    axes.legend()
    FigureCanvasAgg(figure).print_png(io.BytesIO())


def _validate_once() -> None:
    """nbformat compiles a schema when it first meets it."""
    import nbformat

    nbformat.validate(nbformat.v4.new_notebook())


def _forget_warnings() -> None:
    """A warning shown once during warm-up must show again in a notebook."""
    for module in list(sys.modules.values()):
        if isinstance(namespace := getattr(module, "__dict__", None), dict):
            namespace.pop("__warningregistry__", None)


def thread_count() -> int:
    """Operating system threads of this process where that can be read (Linux), else Python's."""
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return threading.active_count()
