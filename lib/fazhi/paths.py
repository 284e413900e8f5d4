"""Where things lie in a workspace (a folder with `data/raw/` and `data/processed/`)."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workspace:
    """One town's folder. Every path of a run is made here and nowhere else."""

    root: Path

    @property
    def raw_root(self) -> Path:
        return self.root / "data" / "raw"

    @property
    def unit_file(self) -> Path:
        return self.raw_root / "unit.yml"

    @property
    def aliases_file(self) -> Path:
        return self.raw_root / "aliases.yml"

    @property
    def key_file(self) -> Path:
        """The pseudonym key: beside the data, never committed."""
        return self.root / "data" / ".key"

    def raw(self, year: int) -> Path:
        return self.raw_root / str(year)

    def corrections_file(self, year: int) -> Path:
        return self.raw(year) / "corrections.csv"

    def report_template(self, year: int) -> Path:
        return self.raw(year) / "report.md"

    def processed(self, year: int) -> Path:
        return self.root / "data" / "processed" / str(year)

    def years(self) -> list[int]:
        """Years with a folder below `data/raw`, in order."""
        if not self.raw_root.is_dir():
            return []
        return sorted(
            int(p.name) for p in self.raw_root.iterdir() if p.is_dir() and p.name.isdigit() and len(p.name) == 4
        )


def find_workspace(start: Path) -> Workspace:
    """The workspace that `start` lies in: the nearest folder upwards with `data/raw`; `start` itself where there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "data" / "raw").is_dir():
            return Workspace(folder)
    return Workspace(start)
