"""What the warm parent does once so that no notebook has to: imports, fonts, a compiled schema."""

import gc
import io
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fazhi.engine.workers import load_entry

# Loaded once for all notebooks: for any; and, where nothing else is named, for those that draw with matplotlib (a year's do
# not), in small parts, as requests are heard in between. None is used here: the pools of pandas and arrow would not survive
# the fork. matplotlib_inline is left out: its import chooses the backend, which must happen when the notebook imports pyplot.
FOR_ALL = (
    "pandas",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "IPython.core.magics.execution",
    "pyarrow.pandas_compat",
    "pandas.core.reshape.reshape",
    "pyarrow.parquet",
    "pyarrow.dataset",
    "tornado.platform.asyncio",
    "nbformat",
    "numpy.random",
    "papermill",
    "fazhi.engine.execute",
    "fazhi.engine.preload:validate_once",
)
_FORMATS = ("rfc3987_syntax", "rfc3986_validator", "isoduration")
FOR_DRAWING = (
    "matplotlib",
    "matplotlib.text",
    "matplotlib.axes",
    "matplotlib.figure",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "pandas.plotting._matplotlib",
    "IPython.core.magics.pylab",
    "IPython.core.pylabtools",
    "fazhi.engine.preload:draw_once",
)


def load(entries: Sequence[str], kernel: Any) -> None:
    """Load entries, `module` or `module:function` (called), as if the first notebook had done it."""
    gc.disable()  # next to nothing of what is loaded becomes garbage
    with kernel.shell.builtin_trap, without_formats():  # pandas asks get_ipython() whether it is in a notebook
        for entry in entries:
            loaded = load_entry(entry)
            if ":" in entry:
                loaded()
    _forget_warnings()
    gc.freeze()
    gc.enable()


@contextmanager
def without_formats() -> Iterator[None]:
    """nbformat imports jsonschema, which loads what checks the formats of addresses and durations, one with a grammar of IRIs that
    takes 1.6 s; a notebook's schema has none of them: hide them."""
    hidden = [name for name in _FORMATS if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def draw_once() -> None:
    """Load fonts and drawing code by a figure that pyplot never hears of."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 2], label="a")
    axes.legend()
    FigureCanvasAgg(figure).print_png(io.BytesIO())


def validate_once() -> None:
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
