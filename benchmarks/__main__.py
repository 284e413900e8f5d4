"""`make bench`: what fazhi takes beside what a user would run instead, one process run after the other, as ratios.

Every module named in MODULES offers `measure(folder) -> list[Row]`; `folder` is a workspace of its own with the sample's
raw ledgers and nothing made. `python -m benchmarks [NAME …]` runs these or all, prints their tables and puts them into
`benchmarks/RESULTS.md`, where the sections of the others stay. The system's file caches are warm for both sides.
"""

import importlib
import os
import platform
import re
import shutil
import sys
import tempfile
from importlib import metadata, util
from pathlib import Path

from benchmarks.measuring import ROOT, table

MODULES = ("runs", "profile", "intake", "returns", "documents", "trends", "fleet", "check")
RESULTS = ROOT / "benchmarks" / "RESULTS.md"


def section(name: str) -> str:
    """One module's table under its docstring."""
    module = importlib.import_module(f"benchmarks.{name}")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "data" / "raw", Path(folder) / "data" / "raw")
        rows = module.measure(Path(folder))
    return f"{(module.__doc__ or '').strip()}\n\n{table(rows)}\n\n{machine()}\n"


def machine() -> str:
    """What it was measured on, as the ratios are only as good as that."""
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("pandas", "papermill", "nbconvert"))
    return f"({os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {packages})"


def known_sections() -> dict[str, str]:
    """The sections of the file as it is."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    return dict(re.findall(r"^## (\w+)\n\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))


def main() -> None:
    """Measure, print, and put into the file."""
    present = [name for name in MODULES if util.find_spec(f"benchmarks.{name}")]
    for name in sys.argv[1:] or present:
        print(f"## {name}\n\n{(made := section(name))}", flush=True)
        found = known_sections() | {name: made}
        parts = [f"## {known}\n\n{found[known].strip()}\n" for known in MODULES if known in found]
        RESULTS.write_text("\n".join(["# Benchmarks\n\n`make bench` makes this file.\n", *parts]), encoding="utf-8")


if __name__ == "__main__":
    main()
