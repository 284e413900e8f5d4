"""A workspace with one ledger of one row, and what a folder holds."""

from pathlib import Path

import yaml

from fazhi.workspace.paths import Workspace
from made.sheets import TOWN, write_workbook

DRILLS = (["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"], ["2025-03-05", "消防", "龙井村", 60])


def make_town(folder: Path, name: str = "青木镇", year: int = 2025) -> Workspace:
    """A town with one ledger of one row."""
    place = Workspace(folder)
    write_workbook(place.raw(year) / "演练.xlsx", *DRILLS)
    place.unit_file.write_text(yaml.safe_dump({**TOWN, "name": name}, allow_unicode=True), encoding="utf-8")
    return place


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
