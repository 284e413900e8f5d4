"""Who keeps which ledger in which file: splits by period or office, names of files and sheets, what else lies about."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from .files import write_csv, write_docx, write_html, write_long_xlsx, write_xls, write_xlsx
from .layout import LONG, Plan
from .records import first_date
from .rows import Row
from .sheets import Sheet
from .truth import Part
from .world import Town

PERIODS = {
    "quarter": ["第一季度", "第二季度", "第三季度", "第四季度"],
    "half": ["上半年", "下半年"],
    "month": [f"{m}月" for m in range(1, 13)],
}
# whose file was copied, renamed by nobody, and filled with this ledger
STRANGERS = {
    "contracts": "法律咨询登记台账",
    "drills": "应急法治宣传台账",
    "oversight": "创建与宣传成果台账",
    "leadership": "重大行政决策台账",
}
SPLIT = ("disputes", "consultations", "contracts", "inspections", "penalties")


def periods(rows: list[Row], how: str, spec: dict, rng: random.Random) -> list[tuple[str, list[Row]]]:
    """Rows by period of their date; those of another year anywhere."""
    names = PERIODS[how]
    sheets: list[tuple[str, list[Row]]] = [(name, []) for name in names]
    dated = first_date(spec)
    for row in rows:
        at = (row.record[dated].month - 1) * len(names) // 12
        astray = row.fate == "out_of_year" or (row.rough and rng.random() < 0.3)
        sheets[rng.randrange(len(names)) if astray else at][1].append(row)
    return sheets


def by_office(rows: list[Row], offices: list[str], rng: random.Random) -> list[tuple[str, list[Row]]]:
    """Rows divided among offices; every office gets some."""
    parts: list[tuple[str, list[Row]]] = [(office, []) for office in offices]
    for i, row in enumerate(rows):
        parts[i % len(parts) if i < len(parts) else rng.randrange(len(parts))][1].append(row)
    return parts


def choose_kind(rng: random.Random, one_sheet: bool) -> str:
    return rng.choice(["xlsx"] * 5 + ["xls"] * 2 + ["csv", "csv", "html"] * one_sheet)


def file_name(
    title: str, town: Town, office: str, year: int, kind: str, rng: random.Random, hard: bool, stranger: str
) -> tuple[str, bool]:
    """A file's name, and whether the title must stand inside because the name does not say it.

    `stranger` is another ledger's title: its file was copied and filled with this ledger.
    """
    ending = {"html": "xls"}.get(kind, kind)
    names = [(f"{year}年{town.name}{title}", False), (f"{office}-{title}{year}", False)]
    if hard:
        names += [
            (f"{title}(最终版)", False),
            (f"附件{rng.randint(1, 9)}", True),
            ("新建 Microsoft Excel 工作表", True),
        ]
        names += [(f"{year}年{stranger}", True)] * bool(stranger)
        names += [(f"{office}报表{year}", True), (f"{town.stem}{title}_{year}1231", False), (f"副本{year}年台账", True)]
        ending = rng.choice([ending, ending, ending, ending.upper()])
    name, inside = rng.choice(names)
    return f"{name}.{ending}", inside


def folder(office: str, year: int, rng: random.Random, hard: bool) -> str:
    """Where below the year's folder a file lies."""
    return rng.choice([office, office, office] + [f"{office}/{year}年报送", f"{office}/台账/第1次", "."] * hard)


def free(file: str, taken: set[str]) -> str:
    """A name that no file of the year has yet, whatever the case of its letters."""
    path, n = Path(file), 1
    while path.as_posix().lower() in taken:
        n += 1
        path = Path(file).with_name(f"{Path(file).stem}({n}){Path(file).suffix}")
    taken.add(path.as_posix().lower())
    return path.as_posix()


def sheet_names(
    rows: list[Row], spec: dict, how: str, title: str, rng: random.Random, hard: bool
) -> list[tuple[str, list[Row]]]:
    """The sheets of one file."""
    if how in PERIODS:
        return [(n, r) for n, r in periods(rows, how, spec, rng) if r or not hard]
    return [(rng.choice(["Sheet1", "Sheet1", *([title, "台账", "Sheet2"] if hard else [])]), rows)]


def plan_files(
    ledger: str, spec: dict, rows: list[Row], town: Town, year: int, rng: random.Random, hard: bool, taken: set[str]
) -> list[Plan]:
    """The files that bring one ledger of the year."""
    title = rng.choice([spec["title"]] * 2 + [rng.choice(spec["titles"])] * hard)
    home = town.roles[spec["office"]]
    offices = [home]
    if ledger == "inspections" or (hard and ledger in SPLIT and rng.random() < 0.5):
        offices.append(rng.choice([o for o in town.offices if o != home]))
    same_name, plans = "", []
    for office, own in by_office(rows, offices, rng):
        dated = first_date(spec) and len(own) > 24
        how = (
            rng.choice(["one", "one", "quarter", "half", *(["month"] if hard or ledger == "inspections" else [])])
            if dated
            else "one"
        )
        kind = "xlsx" if len(own) > LONG else choose_kind(rng, how == "one")
        how = "one" if len(own) > LONG else how
        stranger = rng.choice(["", "", STRANGERS.get(ledger, "")])
        name, inside = file_name(title, town, office, year, kind, rng, hard, stranger)
        if same_name and hard and rng.random() < 0.5 and Path(same_name).suffix.lower() == Path(name).suffix.lower():
            name = same_name
        same_name = name
        at = (
            folder(office, year, rng, hard) if len(offices) == 1 else office
        )  # two files of a ledger: one order of paths
        file = free(Path(at, name).as_posix(), taken)
        sheets = sheet_names(own, spec, how, title, rng, hard)
        if hard and rng.random() < 0.15:
            sheets = [(n, r[::-1]) for n, r in sheets]  # the newest first
        plans.append(Plan(ledger, file, kind, sheets, title, inside or not hard or rng.random() < 0.7))
    return plans


def resend(plan: Plan, rng: random.Random, taken: set[str]) -> Plan:
    """A file sent again beside the first: part of its rows, entered anew in another layout."""
    rows = [replace(r, rough=False, trap="sent_again") for _, own in plan.sheets for r in own if not r.written]
    path = Path(plan.file)
    kind = choose_kind(rng, True)
    ending = {"html": "xls"}.get(kind, kind)
    file = free(path.with_name(f"{path.stem}（补报）.{ending}").as_posix(), taken)
    return Plan(plan.ledger, file, kind, [("Sheet1", rows[: max(1, len(rows) // 2)])], plan.title, True)


def left_over(ledger: str, spec: dict, rows: list[Row], office: str, year: int, taken: set[str]) -> Plan:
    """Last year's file, forgotten in this year's folder; its dates are written in full."""
    for row in rows:
        row.fate, row.reason, row.trap = "out_of_year", "out_of_year", "left_over"
        row.written = {
            n: str(row.record[n]) for n, c in spec["columns"].items() if "date" in c["kind"] and row.record[n]
        }
    file = free(f"{office}/{year - 1}年{spec['title']}.xlsx", taken)
    return Plan(ledger, file, "xlsx", [("Sheet1", rows)], spec["title"], False)


def join_small(plans: dict[str, list[Plan]], home: str, year: int, rng: random.Random, taken: set[str]) -> None:
    """Put two small ledgers of one office into one workbook, each on a sheet named by its title."""
    ledgers = [k for k, p in plans.items() if len(p) == 1 and p[0].kind in ("xlsx", "xls") and len(p[0].sheets) == 1]
    if len(ledgers) < 2:
        return
    file = free(f"{home}/{home}{year}年台账合订.xlsx", taken)
    for ledger in rng.sample(ledgers, 2):
        plan = plans[ledger][0]
        plan.file, plan.kind, plan.title_inside = file, "xlsx", rng.random() < 0.6
        plan.sheets = [(plan.title[:28], plan.sheets[0][1])]


def write_files(raw: Path, parts: list[Part], rng: random.Random, hard: bool) -> None:
    """Write every file of the year with its sheets, and in a workbook sometimes an instruction or empty sheet."""
    files: dict[str, list[Part]] = {}
    for part in parts:
        files.setdefault(part.file, []).append(part)
    for file, members in files.items():
        path = raw / file
        path.parent.mkdir(parents=True, exist_ok=True)
        sheets, kind = [m.sheet for m in members], members[0].layout.kind
        if kind == "csv":
            encoding = rng.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16", *(["utf-16-be"] if hard else [])])
            write_csv(path, sheets[0], encoding, rng.choice([",", ",", "\t", ";"]) if hard else ",")
        elif kind == "html":
            write_html(path, sheets[0], rng.choice(["utf-8", "gb2312"]))
        elif kind == "docx":
            write_docx(path, sheets[0], members[0].layout.above)
        elif len(sheets[0].rows) > LONG:
            write_long_xlsx(path, sheets[0])
        else:
            (write_xlsx if kind == "xlsx" else write_xls)(path, with_more(sheets, rng, hard))


def with_more(sheets: list[Sheet], rng: random.Random, hard: bool) -> list[Sheet]:
    """The sheets with those that bring no rows."""
    guide: list[list[Any]] = [["填表说明"], ["1.日期按年月日填写。"], ["2.金额以表头单位为准。"]]
    more = [Sheet("填表说明", guide)] if rng.random() < 0.3 else []
    last = [Sheet("Sheet9")] if rng.random() < 0.3 else []
    if hard and rng.random() < 0.2:
        last.append(Sheet("汇总", [["月份", "件数", "占比"], ["上半年", 31, "48%"], ["下半年", 33, "52%"]]))
    return [*more, *sheets, *last]


def write_strangers(raw: Path, home: str) -> None:
    """Files among the ledgers that are none: a duty roster, an editor's lock file, what systems leave behind."""
    (raw / home).mkdir(parents=True, exist_ok=True)
    roster: list[list[Any]] = [
        ["春节值班表"],
        ["班次", "带班领导", "值班员"],
        ["初一", "甲", "乙"],
        ["初二", "丙", "丁"],
    ]
    write_xlsx(raw / home / "春节值班表.xlsx", [Sheet("Sheet1", roster)])
    (raw / home / "~$春节值班表.xlsx").write_bytes(b"\x04user" + b" " * 160)
    (raw / home / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 60)
    (raw / ".DS_Store").write_bytes(b"\0\0\0\x01Bud1")
