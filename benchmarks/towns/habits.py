"""How the six towns of offices', villages' and platforms' words file what they keep: one book, a folder a month, a file a village …"""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from .filing import free, periods
from .layout import Plan
from .records import first_date, make_records
from .rows import Row
from .world import STEMS, Town

Filed = dict[str, list[Plan]]
COLUMNS = {  # of a kind of town, in every table: title -> filler
    7: {"镇街": "town"},
    9: {"数据编号": "code", "创建时间": "date", "数据状态": "state", "创建人": "person"},
}
_TWO_ROWS = (4, 6)
_LONGEST_IN_WORD = 70  # rows


def file_by_habit(plans: Filed, kind: int, specs: dict[str, Any], town: Town, year: int) -> Filed:
    """The plans of a year's files as a town of this kind files them."""
    habits: dict[int, Callable[[Filed, dict[str, Any], Town, int], Filed]] = {
        4: _in_one_book,
        5: _a_folder_a_month,
        6: _a_file_a_village,
        7: _of_the_district,
        8: _in_word,
        9: _from_a_platform,
    }
    filed = habits[kind](plans, specs, town, year) if kind in habits else plans
    for plan in (plan for own in filed.values() for plan in own):
        plan.two_rows = kind in _TWO_ROWS
    return filed


def _in_one_book(plans: Filed, specs: dict[str, Any], town: Town, year: int) -> Filed:
    """All ledgers on the sheets of one workbook; what was sent again or forgotten stays beside it."""
    names: set[str] = set()
    for plan in (plan for own in plans.values() for plan in own):
        if _is_aside(plan, year):
            continue
        plan.file, plan.kind = f"{year}年{town.name}法治政府建设台账总册.xlsx", "xlsx"
        plan.sheets = [(_sheet_name(plan, name, names), rows) for name, rows in plan.sheets]
        plan.title_inside = True
    return plans


def _sheet_name(plan: Plan, name: str, taken: set[str]) -> str:
    stem = f"{plan.title}{name if len(plan.sheets) > 1 else ''}"[:26]
    found = next(text for n in range(1, 99) if (text := stem if n == 1 else f"{stem}({n})") not in taken)
    taken.add(found)
    return found


def _a_folder_a_month(plans: Filed, specs: dict[str, Any], town: Town, year: int) -> Filed:
    """What has dates lies in a folder of its month, a file a ledger; an office's second file of a ledger bears its name."""
    rng, taken = random.Random(f"months {year}"), {plan.file.lower() for own in plans.values() for plan in own}
    filed: Filed = {}
    for ledger, own in plans.items():
        dated = first_date(specs[ledger])
        for plan in own:
            office = plan.file.split("/")[0] if "/" in plan.file else town.roles[specs[ledger]["office"]]
            if not dated or "due" in dated or _is_aside(plan, year):
                filed.setdefault(ledger, []).append(plan)
                continue
            rows = [row for _, sheet in plan.sheets for row in sheet]
            for month, part in periods(rows, "month", specs[ledger], rng):
                if part:
                    file = free(f"{month}/{office}{year}年{month}{plan.title}.xlsx", taken)
                    made = replace(plan, file=file, kind="xlsx", sheets=[("Sheet1", part)], office=office)
                    filed.setdefault(ledger, []).append(made)
    return filed


def _a_file_a_village(plans: Filed, specs: dict[str, Any], town: Town, year: int) -> Filed:
    """Disputes and drills of each village in its own workbook, whose name alone says which; doubtful places stay at home."""
    for ledger in ("disputes", "drills"):
        aside = [plan for plan in plans[ledger] if _is_aside(plan, year)]
        home = next(plan for plan in plans[ledger] if plan not in aside)
        rows = [row for plan in plans[ledger] if plan not in aside for _, sheet in plan.sheets for row in sheet]
        told = {village: [row for row in rows if _is_of(row, village)] for village in town.villages}
        rest = [row for row in rows if not any(_is_of(row, village) for village in town.villages)]
        plans[ledger] = [replace(home, sheets=[("Sheet1", rest)]), *aside] if rest else aside
        for village in (village for village in town.villages if told[village]):
            sheets, file = [(home.title, told[village])], f"各村（社区）/{village}.xlsx"
            own = replace(home, file=file, kind="xlsx", sheets=sheets, told={"village": village}, office=village)
            plans[ledger].append(own)
    return plans


def _is_aside(plan: Plan, year: int) -> bool:
    """Whether it was sent again, or forgotten there by last year."""
    return "补报" in plan.file or f"{year - 1}年" in plan.file


def _is_of(row: Row, village: str) -> bool:
    return row.record["village"] == village and "village" not in row.written


def _of_the_district(plans: Filed, specs: dict[str, Any], town: Town, year: int) -> Filed:
    """Exports for the whole district: each table has the rows of other towns too."""
    rng = random.Random(f"district {year}")
    others = [f"{stem}镇" for stem in STEMS if stem != town.stem]
    for ledger, own in plans.items():
        for plan in own:
            plan.file = PurePosixPath(plan.file).with_name(f"{town.district}{PurePosixPath(plan.file).name}").as_posix()
            for _, rows in plan.sheets:
                for record in make_records(ledger, specs[ledger], rng, town, year, 1 + len(rows) // 5):
                    other = Row(record, fate="other_town", reason="other_town", town=rng.choice(others))
                    rows.insert(rng.randint(0, len(rows)), other)
    return plans


def _in_word(plans: Filed, specs: dict[str, Any], town: Town, year: int) -> Filed:
    """Short tables are typed in Word, the title in a paragraph above."""
    for plan in (plan for own in plans.values() for plan in own):
        rows = sum(len(sheet) for _, sheet in plan.sheets)
        if len(plan.sheets) == 1 and rows <= _LONGEST_IN_WORD:
            plan.file = PurePosixPath(plan.file).with_suffix(".docx").as_posix()
            plan.kind, plan.sheets, plan.title_inside = "docx", [("表1", plan.sheets[0][1])], True
    return plans


def _from_a_platform(plans: Filed, specs: dict[str, Any], town: Town, year: int) -> Filed:
    """Text files as a platform exports them: a header, rows, and nothing else."""
    taken: set[str] = set()
    for own in plans.values():
        for plan in own:
            if _is_aside(plan, year):
                continue
            office = plan.file.split("/")[0] if "/" in plan.file else ""
            rows = [row for _, sheet in plan.sheets for row in sheet]
            plan.file = free(f"{office or '.'}/{plan.title}导出{year}1231.csv", taken)
            plan.kind, plan.sheets, plan.bare, plan.title_inside = "csv", [("Sheet1", rows)], True, False
    return plans
