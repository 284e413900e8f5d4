"""Rows as an office enters them: records with their fate, their faults and what is crossed out."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .records import Record, first_date

BAD_DATES = ["{y}.13.5", "{y}年2月30日", "待定", "", "不详", "{y}-00-12", "{y}-06-31"]
BAD_DATES_HARD = [
    "#REF!",
    "#N/A",
    "{y}年3月",
    "{y}年3月上旬",
    "2月30日",
    "{y}1305",
    "约3月5日",
    "{y}年",
    "?",
    "3月",
    "{y}.2.29",
]
BAD_MONEY = ["约数万元", "待定", "-3000", "若干"]
BAD_MONEY_HARD = ["#REF!", "-3000元", "约3万元", "3万余元", "3-5万元", "以实际结算为准", "数千元", "面议", "-0.3万元"]
BAD_COUNTS = ["待定", "-3", "若干"]
BAD_COUNTS_HARD = ["#VALUE!", "60余人", "约60", "60-70人", "数十", "几人", "-5人"]
VOID = ["作废", "撤销"]
VOID_HARD = ["已作废", "此件作废", "已撤销", "作废（登记错误）", "撤销(重复登记)", "作 废"]
HARMLESS = ["", "", "", "", "已归档", "资料齐全", "见附件", "已电话回访"]
DATED = ("date", "date_or_none")
MONEY = ("yuan", "yuan_or_none")
COUNTS = ("count", "count_or_zero")


@dataclass
class Row:
    """One row to be written: the record it means, the fate it deserves, and spellings fixed beforehand."""

    record: Record
    fate: str = "kept"
    reason: str = ""
    written: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    struck: bool = False
    hidden: bool = False
    rough: bool = False  # a second entry, written otherwise
    trap: str = ""
    town: str = ""  # another town, whose row it is in a ledger of the district


def fault_kinds(spec: dict) -> list[str]:
    """Columns of a ledger in which a fault sends a row back."""
    return [n for n, c in spec["columns"].items() if c["kind"] in ("date", *MONEY, *COUNTS)]


def bad_value(kind: str, year: int, rng: random.Random, hard: bool) -> str:
    """A cell no one can read for certain."""
    plain, more = {
        "date": (BAD_DATES, BAD_DATES_HARD),
        "yuan": (BAD_MONEY, BAD_MONEY_HARD),
        "yuan_or_none": (BAD_MONEY, BAD_MONEY_HARD),
        "count": ([*BAD_COUNTS, ""], BAD_COUNTS_HARD),
        "count_or_zero": (BAD_COUNTS, BAD_COUNTS_HARD),
    }[kind]
    return rng.choice(plain + more * hard).format(y=year)


def leaps(text: str, year: int) -> bool:
    """2月29日 is a real day in a leap year."""
    return text.endswith(".2.29") and year % 4 == 0


def quarantined(row: Row, spec: dict, year: int, rng: random.Random, hard: bool) -> Row:
    """The row with one faulty cell."""
    column = rng.choice(fault_kinds(spec))
    kind = spec["columns"][column]["kind"]
    text = bad_value(kind, year, rng, hard)
    while leaps(text, year) or (column == "due_on" and text.endswith("年3月")):  # a deadline is that month's end
        text = bad_value(kind, year, rng, hard)
    reason = {"date": "bad_date"}.get(kind, "bad_money" if kind in MONEY else "bad_count")
    return replace(
        row, fate="quarantined", reason=reason, written=row.written | {column: text}, trap=f"{reason}:{text}"
    )


def moved(row: Row, spec: dict, year: int, rng: random.Random, hard: bool) -> Row:
    """The row in another year; its year is always written."""
    near = [date(year - 1, 12, 30), date(year + 1, 1, 3)]
    when = rng.choice(near + [date(year - 1, 6, 5), date(year + 10, 3, 5), date(year + 27, 3, 5)] * hard)
    record, dated = dict(row.record), first_date(spec)
    for name, column in spec["columns"].items():
        if column["kind"] == "date":
            record[name] = when
        elif column["kind"] == "date_or_none" and record[name]:
            record[name] = when + timedelta(2)
    full = {dated: f"{when}"} if when.year not in (year - 1, year + 1) else {}  # a far year is told only by four digits
    return replace(row, record=record, fate="out_of_year", reason="out_of_year", written=row.written | full)


def cancelled(row: Row, may_strike: bool, rng: random.Random, hard: bool) -> Row:
    """The row crossed out or declared void."""
    if may_strike and rng.random() < 0.5:
        return replace(row, fate="cancelled", reason="strike", struck=True, trap="strike")
    note = rng.choice(VOID + VOID_HARD * hard)
    return replace(row, fate="cancelled", reason="void", note=note, trap=f"void:{note}")


def differing(row: Row, spec: dict, rng: random.Random) -> Row | None:
    """Almost the same row: one money, count or closing date differs, so it is another record."""
    record = dict(row.record)
    for name, column in spec["columns"].items():
        if column["kind"] in MONEY and record[name]:
            record[name] = record[name] + Decimal(100)
            return replace(row, record=record, trap="near_duplicate")
        if column["kind"] in COUNTS:
            record[name] += 1
            return replace(row, record=record, trap="near_duplicate")
    return None


def plain_rows(rows: list[Row]) -> list[Row]:
    return [r for r in rows if r.fate == "kept" and not r.written and not r.rough]


def spread(rows: list[Row], new: list[Row], rng: random.Random) -> None:
    """Put rows anywhere among others."""
    for row in new:
        rows.insert(rng.randint(0, len(rows)), row)


def again(rows: list[Row], row: Row, rng: random.Random, later: Row) -> None:
    """Enter `later` somewhere after `row`."""
    at = next(i for i, r in enumerate(rows) if r is row)
    rows.insert(rng.randint(at + 1, len(rows)), later)


def add_repeats(rows: list[Row], spec: dict, rng: random.Random, hard: bool) -> None:
    """Second entries: duplicates where rows name their record, two events elsewhere; and a voided row entered anew."""
    candidates = plain_rows(rows)
    for row in rng.sample(candidates, min(len(candidates), max(1, len(rows) // 30) + hard)):
        again(rows, row, rng, replace(row, rough=True, trap="second_entry"))
    if not hard:
        return
    for row in rng.sample(candidates, min(2, len(candidates))):
        if twin := differing(row, spec, rng):
            again(rows, row, rng, twin)
    row = rng.choice(candidates)
    void = replace(row, fate="cancelled", reason="void", note="作废", trap="void_then_entered_again")
    rows.insert(next(i for i, r in enumerate(rows) if r is row), void)


def add_faults(rows: list[Row], spec: dict, year: int, may_strike: bool, rng: random.Random, hard: bool) -> None:
    """Rows that do not count, made from copies of rows that do, and mixtures that prove the order of the fates."""
    share = max(1, len(rows) // (25 if hard else 50))
    base = [Row(dict(r.record)) for r in rng.sample(rows, min(len(rows), 3 * share + 3))]
    dated = first_date(spec)
    new: list[Row] = []
    for i, row in enumerate(base[: 3 * share]):
        if i % 3 == 0 and fault_kinds(spec):
            new.append(quarantined(row, spec, year, rng, hard))
        elif i % 3 == 1:
            new.append(cancelled(row, may_strike, rng, hard))
        elif dated and "due" not in dated:
            new.append(moved(row, spec, year, rng, hard))
    if hard and fault_kinds(spec) and len(base) > 3 * share + 1:
        void = cancelled(base[-1], may_strike, rng, hard)
        new.append(
            replace(
                quarantined(void, spec, year, rng, hard), fate="cancelled", reason=void.reason, trap="void_and_faulty"
            )
        )
        if dated and "due" not in dated:
            out = quarantined(moved(base[-2], spec, year, rng, hard), spec, year, rng, hard)
            new.append(replace(out, trap="other_year_and_faulty"))
            new.append(
                replace(
                    cancelled(moved(base[-2], spec, year, rng, hard), may_strike, rng, hard), trap="void_other_year"
                )
            )
    spread(rows, new, rng)


def dress(rows: list[Row], rng: random.Random, hard: bool) -> None:
    """Notes that mean nothing, and hidden rows that count."""
    for row in rows:
        if row.fate == "kept" and not row.note:
            row.note = rng.choice(HARMLESS) if hard else ""
        if hard and rng.random() < 0.02:
            row.hidden = True
