"""What lies below a year's raw folder: the files to be read, and what cannot be read for what it is or is called."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fazhi.errors import LedgerError
from fazhi.issues import Issue
from fazhi.workspace.paths import Workspace, no_year

# Files of ours that lie in the same folder and are no ledgers.
OWN_FILES = frozenset({"corrections.csv", "figures.csv", "published.csv", "report.md", "unit.yml"})
_NAME = "文件名里有换行等控制字符，或文字编码无法识别", "能显示的文件名", "请改名后重新放入。"
_LINK = "是指向别处文件夹的链接，里面的文件没有读入", "文件夹本身", "请把文件夹复制到这里。"
_FOLDER = "文件夹打不开（没有权限），里面的文件没有读入", "能打开的文件夹", "请改正权限后重新运行。"
_NO_FILE = "不是普通文件，或链接所指的文件不在", "能打开的文件", "请放入文件本身，或移走它。"


def raw_files(workspace: Workspace, year: int) -> Iterator[Path]:
    """Every file below the year's raw folder but our own, by its path with `/`."""
    folder = workspace.raw(year)
    if not folder.is_dir():
        raise LedgerError(no_year(workspace, year))
    files = (
        path
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).as_posix() not in OWN_FILES and _is_printable(path, folder)
    )
    return iter(sorted(files, key=lambda path: path.relative_to(folder).as_posix()))


def left_out(workspace: Workspace, year: int) -> list[Issue]:
    """An issue for everything below the folder that is neither a file to be read nor a folder that was searched."""
    folder = workspace.raw(year)
    issues = []
    for path in sorted(folder.rglob("*")):
        why = _why_left_out(path, folder)
        if why:
            found, expected, advice = why
            name = "/".join(map(_shown, path.relative_to(folder).parts))
            issues.append(Issue.of("file_refused", name, found=found, expected=expected, advice=advice))
    return issues


def _why_left_out(path: Path, folder: Path) -> tuple[str, str, str] | None:
    if path.is_dir():
        return _LINK if path.is_symlink() else None if _opens(path) else _FOLDER
    if not path.is_file():
        return _NO_FILE
    return None if _is_printable(path, folder) else _NAME


def _opens(folder: Path) -> bool:
    try:
        with os.scandir(folder):
            return True
    except OSError:
        return False


def _is_printable(path: Path, folder: Path) -> bool:
    """Whether the path has neither control characters nor bytes that are no text: no message or table could carry it."""
    return not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in path.relative_to(folder).as_posix())


def _shown(name: str) -> str:
    """A name as it can be printed: in GB18030 where it is that, as old unpackers leave it."""
    raw = os.fsencode(name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    return "".join("�" if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)
