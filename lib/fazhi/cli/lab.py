"""`fazhi lab`: JupyterLab on a town's workspace, with working copies of the notebooks in its folder `lab/`."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fazhi.cli.analysis_folder import open_analysis
from fazhi.dictionary.town_files import load_unit
from fazhi.engine.kernel_provisioner import jupyter_folder
from fazhi.errors import FazhiError
from fazhi.workspace.files import read_json, write_bytes, write_json, write_text
from fazhi.workspace.paths import Workspace, notebook_folder, place

FOLDER = "lab"  # in the workspace: what is tried out there is nobody else's, and out of git
START = "00_start.ipynb"
_COPIED = ".copied.json"  # notebook -> its cells as they were copied
# Nothing is asked of the network: no news, no updates, no list of extensions.
_OFFLINE = (
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


def lab_command(folder: Path | None, arguments: Sequence[str]) -> int:
    """Start JupyterLab on the workspace; the exit code is its own. Raises FazhiError where it is not installed."""
    workspace = place(folder)
    unit = load_unit(workspace.unit_file)
    if find_spec("jupyterlab") is None:
        raise FazhiError('没有安装 JupyterLab。请先运行 pip install "fazhi[lab]"。')
    copies = working_copies(workspace, lambda sentence: print(sentence, file=sys.stderr))
    open_analysis(workspace)
    print(f"{unit.name}：{workspace.root}。从 {copies.name}/{START} 开始。", file=sys.stderr)
    return subprocess.call(command(workspace, arguments), env=environment(os.environ))


def command(workspace: Workspace, arguments: Sequence[str]) -> list[str]:
    """What starts JupyterLab in the workspace's folder, on the first notebook; further arguments are JupyterLab's own."""
    start = f"--LabApp.default_url=/lab/tree/{FOLDER}/{START}"
    return [
        sys.executable,
        "-m",
        "jupyter",
        "lab",
        f"--ServerApp.root_dir={workspace.root}",
        start,
        *_OFFLINE,
        *arguments,
    ]


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment, with the project's kernel and its settings of JupyterLab before all others."""
    ours = str(jupyter_folder())
    paths = {
        name: os.pathsep.join([ours, *filter(None, [environ.get(name)])])
        for name in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH")
    }
    return {**environ, **paths}


def working_copies(workspace: Workspace, tell: Callable[[str], object]) -> Path:
    """The folder of notebooks to work in, brought up to date: what somebody has edited there is kept, and `tell` hears of it."""
    folder = workspace.root / FOLDER
    write_text(folder / ".gitignore", "*\n")
    copied: dict[str, Any] = read_json(folder / _COPIED) if (folder / _COPIED).exists() else {}
    for source in sorted(notebook_folder().glob("*.ipynb")):
        copy, cells = folder / source.name, _cells(source)
        if not copy.exists() or _cells(copy) == copied.get(source.name):
            if not copy.exists() or cells != copied.get(source.name):
                write_bytes(copy, source.read_bytes())
                copied[source.name] = cells
        elif cells not in (copied.get(source.name), _cells(copy)):
            tell(f"{FOLDER}/{source.name} 改过，照旧保留；新版改了这个笔记本，要用新版请先把它改名。")
    write_json(folder / _COPIED, copied)
    return folder


def _cells(path: Path) -> list[list[str]]:
    """The kind and the text of each cell, without what running it left; none where the file is no notebook."""
    try:
        cells = read_json(path)["cells"]
        return [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        return []
