"""The papermill engine `fazhi-warm`: `papermill --engine fazhi-warm in.ipynb out.ipynb`.

papermill loads this module while it is itself being imported, so the class is made on first use.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    if name == "WarmEngine":
        return _engine_class()
    raise AttributeError(name)


def _engine_class() -> Any:
    from papermill.engines import NBClientEngine

    if "WarmEngine" not in globals():
        globals()["WarmEngine"] = type("WarmEngine", (NBClientEngine,), {})
    return globals()["WarmEngine"]
