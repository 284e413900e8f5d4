"""What is out of date, and why: a step is its inputs' content; when that and its outputs are unchanged it need not run."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from fazhi.storage import fingerprint, read_json

# Packages whose version can change an output.
PACKAGES = ("fazhi", "ipython", "jinja2", "markdown-it-py", "matplotlib", "nbconvert", "numpy", "openpyxl", "pandas",
            "papermill", "pyarrow", "python-calamine", "python-docx", "typst", "xlrd", "xlsxwriter")  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing to make: what it depends on (label -> fingerprint) and what it writes (paths relative to the year's folder)."""

    name: str
    label: str
    inputs: Mapping[str, str]
    outputs: Sequence[str]


def stale(step: Step, run: Mapping[str, Any], folder: Path) -> list[str]:
    """Why a step must run, in Chinese; empty when it need not."""
    known = run.get("steps", {}).get(step.name)
    if known is None:
        return ["尚未生成"]
    reasons = [f"{label} 有改动" for label, print_ in step.inputs.items() if label in known and known[label] != print_]
    reasons += [f"{label} 为新增" for label in step.inputs if label not in known]
    reasons += [f"{label} 已移除" for label in known if label not in step.inputs]
    return reasons or list(_spoilt(step, run, folder))


def _spoilt(step: Step, run: Mapping[str, Any], folder: Path) -> Iterable[str]:
    for name in step.outputs:
        path = folder / name
        if name not in run.get("outputs", {}):
            continue
        if not path.exists():
            yield f"{name} 不见了"
        elif fingerprint(path) != run["outputs"][name]:
            yield f"{name} 被改动"


def read_run(folder: Path) -> dict[str, Any]:
    """The record of the last complete run, empty where there is none or it cannot be read."""
    try:
        run: dict[str, Any] = read_json(folder / "run.json")
    except (FileNotFoundError, ValueError):
        return {}
    return run


def outputs_of(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Fingerprints of the outputs that exist."""
    return {name: fingerprint(folder / name) for name in sorted(names) if (folder / name).is_file()}


@cache
def code_fingerprint() -> str:
    """One fingerprint for the package's own files: code, specs, templates."""
    digest = hashlib.sha256()
    root = Path(str(resources.files("fazhi")))
    for path in sorted(
        p for p in root.rglob("*") if p.is_file() and p.suffix in {".py", ".yml", ".md", ".typ", ".html", ".css", ".j2"}
    ):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def versions() -> dict[str, str]:
    """The versions of the packages that make the outputs."""
    return {name: metadata.version(name) for name in PACKAGES}


def joint(prints: Mapping[str, str]) -> str:
    """One fingerprint for several named ones."""
    text = "\n".join(f"{name}={value}" for name, value in sorted(prints.items()))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
