"""The towns below a folder: every workspace, each once, in order of its path."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fazhi.errors import LedgerError
from fazhi.workspace.paths import Workspace


@dataclass(frozen=True)
class Found:
    """The workspaces below `root` by their paths from it (`/` between the parts, `.` for itself), and folders that cannot
    be opened."""

    root: Path
    towns: tuple[str, ...]
    closed: tuple[str, ...] = ()

    def workspace(self, town: str) -> Workspace:
        return Workspace(self.root / town)

    def latest_year(self) -> int:
        """The last year that any town has a folder for."""
        years = [year for town in self.towns for year in self.workspace(town).years()]
        if not years:
            raise LedgerError(
                f"{self.root} 下各镇的 data/raw 里都没有年份文件夹。请先用 fazhi new-year 建立，再放入台账。"
            )
        return max(years)


def find_towns(folder: Path) -> Found:
    """Find every folder with `data/raw` in or below `folder`.

    Below a workspace none is sought, `folder` itself excepted. Links to folders are followed; a folder met twice, by a link
    or in a circle, counts where it is met first. Hidden folders are left out.

    Returns
    -------
    Found
        Paths from `folder`, in order.

    Raises
    ------
    LedgerError
        There is no such folder, or no workspace in it.
    """
    root = folder.resolve()
    if not root.is_dir():
        raise LedgerError(f"没有文件夹 {folder}。请写各镇工作区所在的文件夹。")
    towns: list[str] = []
    closed: list[str] = []
    seen = {root}
    waiting = [root]
    while waiting:
        place = waiting.pop()
        is_town = Workspace(place).raw_root.is_dir()
        if is_town:
            towns.append(place.relative_to(root).as_posix())
        if is_town and place != root:
            continue
        try:
            below = list(_folders(place, seen, skip="data" if is_town else ""))
        except OSError:
            closed.append(place.relative_to(root).as_posix())
            continue
        waiting += reversed(below)
    if not towns:
        raise LedgerError(f"{folder} 下没有工作区（含 data/raw 的文件夹）。请先用 fazhi new 为各镇建立。")
    return Found(root, tuple(sorted(towns)), tuple(sorted(closed)))


def _folders(place: Path, seen: set[Path], skip: str) -> Iterator[Path]:
    """The folders in `place` that were not seen yet, real ones before links."""
    with os.scandir(place) as entries:
        folders = [(entry.is_symlink(), entry.name) for entry in entries if _is_folder(entry)]
    for _, name in sorted(folders):
        real = (place / name).resolve()
        if name.startswith(".") or name == skip or real in seen:
            continue
        seen.add(real)
        yield place / name


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False
