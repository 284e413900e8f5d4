"""Where things lie in a workspace (a folder with `data/raw/` and `data/processed/`)."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi.errors import LedgerError

FOLDER, INDEX = "returned", "accounts/_returned.json"
NEEDS = "accounts/_to_return.json"
_LEDGER_FILES = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".csv", ".ods", ".et", ".html", ".htm", ".docx", ".doc"})
_TABLES = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".csv", ".ods", ".et"})
_DOCUMENTS = frozenset({"appendix", "working_papers"})  # tables among the results
_SETTINGS = ("unit.yml", "aliases.yml", "report.md", "corrections.csv", "figures.csv")
STAGE_FILE = "stage.json"  # lies in the folder a run works in, and says whose it is


@dataclass(frozen=True)
class Workspace:
    """One town's folder. Every path of a run is made here and nowhere else.

    While a run is going on, `stage` is the folder it reads and writes results in, instead of `data/processed`.
    """

    root: Path
    stage: Path | None = None

    @property
    def raw_root(self) -> Path:
        return self.root / "data" / "raw"

    @property
    def logs(self) -> Path:
        """What runs did, a file each."""
        return self.root / "data" / "logs"

    @property
    def unit_file(self) -> Path:
        return self.raw_root / "unit.yml"

    @property
    def aliases_file(self) -> Path:
        return self.raw_root / "aliases.yml"

    @property
    def forms_folder(self) -> Path:
        """The town's own forms, a file each."""
        return self.raw_root / "forms"

    @property
    def district_forms_folder(self) -> Path:
        """Forms of all towns whose folders lie beside this one's."""
        return self.root.parent / "fazhi-forms"

    @property
    def form_files(self) -> dict[str, Path]:
        """The files of both, by what messages and records call them."""
        folders = {"forms": self.forms_folder, "../fazhi-forms": self.district_forms_folder}
        found = ((label, path) for label, folder in folders.items() for path in sorted(folder.glob("*.yml")))
        return {f"{label}/{path.name}": path for label, path in found}

    @property
    def dictionary_folder(self) -> Path:
        """The town's own ledgers, indicators, tables, charts and plan results, laid over the package's."""
        return self.raw_root / "dictionary"

    @property
    def spec_files(self) -> dict[str, Path]:
        """The files of forms and of the town's dictionary, by what messages and records call them."""
        folder = self.dictionary_folder
        own = {f"dictionary/{path.relative_to(folder).as_posix()}": path for path in sorted(folder.rglob("*.yml"))}
        return self.form_files | own

    @property
    def templates_folder(self) -> Path:
        """The office's own Word templates, which `word_template` of `unit.yml` names."""
        return self.raw_root / "templates"

    @property
    def key_file(self) -> Path:
        """The pseudonym key: beside the data, never committed."""
        return self.root / "data" / ".key"

    def raw(self, year: int) -> Path:
        return self.raw_root / str(year)

    def year_unit_file(self, year: int) -> Path:
        """What is the year's own of `unit.yml`: its document number, date, offices …, laid over the town's."""
        return self.raw(year) / "unit.yml"

    def year_settings(self, year: int) -> dict[str, Path]:
        """The settings that a year has of its own, by what messages and records call them."""
        path = self.year_unit_file(year)
        return {f"{year}/{path.name}": path} if path.is_file() else {}

    def corrections_file(self, year: int) -> Path:
        return self.raw(year) / "corrections.csv"

    def figures_file(self, year: int) -> Path:
        return self.raw(year) / "figures.csv"

    def published_file(self, year: int) -> Path:
        """The year's figures as its report was published with them."""
        return self.raw(year) / "published.csv"

    def report_template(self, year: int) -> Path:
        return self.raw(year) / "report.md"

    @property
    def processed_root(self) -> Path:
        return self.root / "data" / "processed"

    def processed(self, year: int) -> Path:
        return (self.stage or self.processed_root) / str(year)

    def years(self) -> list[int]:
        """Years with a folder below `data/raw`, in order."""
        if not self.raw_root.is_dir():
            return []
        return sorted(int(p.name) for p in self.raw_root.iterdir() if p.is_dir() and re.fullmatch(r"[0-9]{4}", p.name))


def find_workspace(start: Path) -> Workspace:
    """The workspace that `start` lies in: the nearest folder upwards with `data/raw`; `start` itself where there is none.

    In the folder of a run (`STAGE_FILE` lies there) it is the run's workspace, staged.
    """
    start = start.resolve()
    if (start / STAGE_FILE).is_file():
        return Workspace(Path(json.loads((start / STAGE_FILE).read_text(encoding="utf-8"))["workspace"]), start)
    for folder in (start, *start.parents):
        if (folder / "data" / "raw").is_dir():
            return Workspace(folder)
    return Workspace(start)


def notebook_folder() -> Path:
    """Where the notebooks lie: inside the package when it is installed, beside `lib/` in a checkout."""
    packaged = Path(__file__).parents[1] / "notebooks"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "notebooks"


def place(workspace: Path | None) -> Workspace:
    """The workspace named, or the one the caller stands in. Raises LedgerError where that is none."""
    found = Workspace(workspace.resolve()) if workspace is not None else find_workspace(Path.cwd())
    if not found.raw_root.is_dir():
        raise LedgerError(
            f"{found.root} 不是工作区（没有 data/raw）。请进入镇的文件夹，或用 --workspace 指明；还没有的，用 fazhi new 建立。"
        )
    return found


def misplaced(workspace: Workspace) -> list[str]:
    """What lies in `data/raw` and is not read, as sentences: files outside a year's folder, folders named like a year."""
    if not workspace.raw_root.is_dir():
        return []
    inside = sorted(workspace.raw_root.iterdir())
    files = [path.name for path in inside if path.suffix.lower() in _LEDGER_FILES and not path.name.startswith("~$")]
    lines = (
        [
            f"data/raw 下有 {len(files)} 个文件不在年度文件夹里，没有读：{'、'.join(files[:3])}。请移到 data/raw/年度/科室/ 下。"
        ]
        if files
        else []
    )
    for path in inside:
        year = re.search(r"20\d\d", unicodedata.normalize("NFKC", path.name)) if path.is_dir() else None
        if year and path.name != year[0]:
            lines.append(f"data/raw 下的“{path.name}”没有读：年度文件夹只写四位数字，请改名为 {year[0]}。")
    places = [workspace.raw_root, *map(workspace.raw, workspace.years())]
    return [*lines, *_misnamed(places), *_among_results(workspace)]


def _misnamed(folders: Sequence[Path]) -> Iterator[str]:
    """Settings under a name that is not read: Windows hides the .txt that its editor puts behind."""
    for folder in folders:
        for name in _SETTINGS:
            for wrong in (f"{name}.txt", f"{name.removesuffix('.yml')}.yaml" if name.endswith(".yml") else ""):
                if wrong and (folder / wrong).is_file():
                    place = f"data/raw{f'/{folder.name}' if folder.name.isdigit() else ''}"
                    yield f"{place} 下的“{wrong}”没有读：请改名为 {name}（看不到 .txt 的，先在资源管理器的“查看”里勾选“文件扩展名”）。"


def _among_results(workspace: Workspace) -> Iterator[str]:
    """Ledgers put where results are made: they are not read, and may be lost."""
    for year in workspace.years():
        folder = workspace.processed(year)
        inside = sorted(folder.iterdir()) if folder.is_dir() else []
        files = [
            path.name
            for path in inside
            if path.suffix.lower() in _TABLES and path.stem not in _DOCUMENTS and not path.name.startswith("~$")
        ]
        if files:
            yield (
                f"data/processed/{year} 里放的是结果，其中有 {len(files)} 个别的文件，没有读：{'、'.join(files[:3])}。"
                f"是台账的请移到 data/raw/{year}/科室/ 下。"
            )


def no_year(workspace: Workspace, year: int) -> str:
    """Why a year cannot be opened: there is no folder of its name."""
    known = "、".join(map(str, workspace.years())) or "无"
    wrong = [line for line in misplaced(workspace) if f"请改名为 {year}。" in line]
    advice = "".join(wrong) or f"请先运行 fazhi new-year {year}，再把各科室台账放入 data/raw/{year}/。"
    return f"data/raw 下没有 {year} 文件夹（已有年份：{known}）。{advice}"


def latest_year(workspace: Workspace, year: int | None) -> int:
    """The year asked for, or the last one with a raw folder. Raises LedgerError where there is none."""
    if year is not None:
        return year
    years = workspace.years()
    if not years:
        hint = "".join(misplaced(workspace)) or "请先用 fazhi new-year 建立，再放入台账。"
        raise LedgerError(f"{workspace.raw_root} 下没有年份文件夹。{hint}")
    return years[-1]
