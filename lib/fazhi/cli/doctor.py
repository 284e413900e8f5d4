"""`fazhi doctor`: whether this computer and this workspace have what a run needs, and what to do where they have not."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from fazhi.dictionary.town_files import load_unit
from fazhi.errors import FazhiError
from fazhi.recognition.raw_folder import raw_files
from fazhi.workspace.paths import Workspace, find_workspace, misplaced

State = Literal["good", "look", "bad"]
_MARKS: dict[State, str] = {"good": "好", "look": "请看", "bad": "不行"}
_DISK = 1 << 30  # bytes: a year's results with room for the next
_MEMORY = 2 << 30  # bytes: a ledger of 200,000 rows, and the office program beside it
_ROLES = {"title": "标题", "heading": "一级标题", "subheading": "二级标题", "body": "正文", "page_number": "页码"}


@dataclass(frozen=True)
class Check:
    """What was looked at, how it is, what was found, and what to do where it is not good."""

    what: str
    state: State
    found: str
    advice: str = ""

    def __str__(self) -> str:
        return f"[{_MARKS[self.state]}] {self.what}：{self.found}{f'。{self.advice}' if self.advice else ''}"


def doctor_command(folder: Path | None, *, as_json: bool) -> int:
    """Print every check, the workspace's where there is one; 1 where something is not good, 2 where a run cannot go."""
    workspace = Workspace(folder.resolve()) if folder is not None else find_workspace(Path.cwd())
    found = [*machine_checks(), *workspace_checks(workspace)]
    if as_json:
        print(json.dumps([asdict(check) for check in found], ensure_ascii=False, indent=2))
    else:
        print("\n".join(map(str, found)))
    states = {check.state for check in found}
    return 2 if "bad" in states else 1 if "look" in states else 0


def machine_checks() -> Iterator[Check]:
    """Python, packages, kernel and exporters, JupyterLab, memory."""
    yield Check("Python", "good", sys.version.split()[0])  # an older one does not get this far
    yield from _packages()
    yield from _plugins()
    lab = find_spec("jupyterlab") is not None
    yield Check(
        "JupyterLab",
        "good" if lab else "look",
        "已安装" if lab else "没有安装",
        "" if lab else '只在 fazhi lab 时需要：pip install "fazhi[lab]"',
    )
    yield from _memory()


def _packages() -> Iterator[Check]:
    from packaging.requirements import Requirement

    try:
        needed = [Requirement(text) for text in requires("fazhi") or ()]
    except PackageNotFoundError:
        yield Check("软件包", "bad", "fazhi 没有安装", "请用 pip install 安装，或运行 make report")
        return
    faults = []
    for one in (one for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})):
        try:
            present = version(one.name)
        except PackageNotFoundError:
            faults.append(f"缺 {one.name}")
            continue
        if not one.specifier.contains(present, prereleases=True):
            faults.append(f"{one.name} {present}，应为 {one.specifier}")
    if faults:
        yield Check("软件包", "bad", "、".join(faults), "请按 requirements.lock 重新安装")
    else:
        yield Check("软件包", "good", f"fazhi {version('fazhi')} 所需的都在")


def _plugins() -> Iterator[Check]:
    wanted = {
        "nbconvert.exporters": ("fazhi_html", "fazhi_pdf", "fazhi_docx"),
        "papermill.engine": ("fazhi-warm",),
        "jupyter_client.kernel_provisioners": ("fazhi-warm",),
    }
    gone = [name for group, names in wanted.items() for name in names if not entry_points(group=group, name=name)]
    advice = "请重新安装 fazhi（pip install）" if gone else ""
    yield Check(
        "导出格式与内核", "bad" if gone else "good", f"没有登记 {'、'.join(gone)}" if gone else "都已登记", advice
    )


def font_checks(wanted: Mapping[str, str]) -> Iterator[Check]:
    """Which font stands in for which, of the town's own wishes (`fonts` in unit.yml: role -> family) and of the page's standard."""
    from fazhi.documents.fonts import OWN, resolve

    faces = resolve(dict(wanted))
    used = "、".join(f"{label} {faces.families[role]}" for role, label in _ROLES.items())
    if not any(OWN.glob("*.[ot]t[fc]")):
        yield Check("字体", "bad", used, "随软件包的字体不见了，请重新安装 fazhi")
        return
    replaced = [
        _ROLES.get(role, role) for role, name in wanted.items() if faces.families[role] not in faces.wanted[role][:2]
    ]
    if replaced:
        yield Check(
            "字体", "look", used, f"{'、'.join(replaced)}用的不是 unit.yml 写的字体，请安装，或改 unit.yml 的 fonts"
        )
    else:
        yield Check("字体", "good", used)


def _memory() -> Iterator[Check]:
    try:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows does not say
        return
    enough = total >= _MEMORY
    yield Check(
        "内存",
        "good" if enough else "look",
        f"{total / (1 << 30):.1f} GB",
        "" if enough else "大的台账可能读不下，运行时请关掉其他程序",
    )


def workspace_checks(workspace: Workspace) -> Iterator[Check]:
    """The town's settings, its years and files, room and rights to write."""
    if not workspace.raw_root.is_dir():
        yield Check("工作区", "look", f"{workspace.root} 不是工作区", "请进入镇的文件夹再运行，或用 --workspace 指明")
        yield from font_checks({})
        return
    try:
        unit = load_unit(workspace.unit_file)
        yield Check("工作区", "good", f"{unit.name}，{workspace.root}")
        yield from font_checks(unit.fonts)
    except FazhiError as error:
        yield Check("工作区", "bad", "unit.yml 有错", str(error))
    years = workspace.years()
    counts = {year: len([*raw_files(workspace, year)]) for year in years}
    listed = "、".join(f"{year} 年 {count} 个文件" for year, count in counts.items()) or "还没有年度文件夹"
    empty = [year for year, count in counts.items() if not count]
    advice = f"请把各科室的台账放入 data/raw/{empty[-1]}/" if empty else "" if years else "请用 fazhi new-year 建立"
    yield Check("台账", "look" if advice else "good", listed, advice)
    for line in misplaced(workspace):
        yield Check("台账", "look", line.rstrip("。"))
    open_files = [path.name for year in years for path in workspace.raw(year).rglob("~$*")]
    if open_files:
        yield Check(
            "打开着的文件",
            "look",
            f"{len(open_files)} 个（{'、'.join(open_files[:3])}）",
            "有人正开着台账，请保存并关闭后再运行",
        )
    yield from _room(workspace)


def _room(workspace: Workspace) -> Iterator[Check]:
    free = shutil.disk_usage(workspace.root).free
    enough = free >= _DISK
    yield Check(
        "磁盘", "good" if enough else "look", f"还有 {free / (1 << 30):.1f} GB", "" if enough else "请先腾出 1 GB"
    )
    place = workspace.processed_root if workspace.processed_root.is_dir() else workspace.root
    try:
        with tempfile.TemporaryFile(dir=place):
            yield Check("写入", "good", "可以写 data/processed")
    except OSError as error:
        yield Check("写入", "bad", f"写不进 {place}（{error.strerror}）", "请换一个可写的文件夹，或请管理员开放权限")
        return
    yield from _lock(workspace)


def _lock(workspace: Workspace) -> Iterator[Check]:
    from fazhi.workspace.lock import LockedError, run_lock

    if not workspace.processed_root.is_dir():
        return
    told: list[str] = []
    try:
        with run_lock(workspace, wait=False, on_message=told.append):
            pass
    except LockedError as error:
        yield Check("运行锁", "look", str(error).rstrip("。"))
        return
    yield Check("运行锁", "good", "空着" if not told else f"已清理：{told[0].rstrip('。')}")
