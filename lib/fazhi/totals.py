"""The totals an office wrote itself (小计, 合计), held against the rows above them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from fazhi.cells import readers
from fazhi.cleaning import Cleaned, Record
from fazhi.issues import Issue
from fazhi.layout import Table
from fazhi.recognition import Recogniser
from fazhi.rows import DataRow


def check_totals(cleaned: Cleaned, known: Recogniser, year: int) -> list[Issue]:
    """An issue for each written total that equals the sum of no plausible set of rows: those since the last total or
    header, or all above; with the rows that do not count, or without."""
    issues = []
    by_sheet: dict[tuple[str, str], list[Record]] = {}
    for record in cleaned.records:
        by_sheet.setdefault((record.file, record.sheet), []).append(record)
    starts: dict[tuple[str, str], int] = {}
    for path, table, row in cleaned.totals:
        sheet = (path, table.sheet.name)
        if row.kind == "total":
            start = starts.get(sheet, table.first_data_row)
            issues += _check(path, table, row, by_sheet.get(sheet, []), start, readers(table, known, year), known)
        starts[sheet] = row.number
    return issues


def _check(
    path: str,
    table: Table,
    row: DataRow,
    records: Sequence[Record],
    start: int,
    read: dict[str, Any],
    known: Recogniser,
) -> list[Issue]:
    ledger = known.specs.ledgers[table.ledger]
    issues = []
    for name, cell in row.cells.items():
        if ledger.columns[name].kind not in ("count", "money") or cell is None:
            continue
        written = read[name](cell, None)
        if written.value is None or written.fault or written.value == 0:
            continue
        above = [record for record in records if record.row.number < row.number]
        sums = {
            _sum(rows, name) for part in (above, [r for r in above if r.row.number > start]) for rows in _readings(part)
        }
        if Decimal(written.value) not in sums:
            found = f"表中合计 {written.value}，逐行相加为 {_sum(above, name)}"
            advice = "报告按逐行相加计算。请填报单位核对是合计未更新，还是行有缺漏。"
            issues.append(
                Issue.of(
                    "total_differs",
                    path,
                    table.sheet.name,
                    row=row.number,
                    column=ledger.columns[name].label,
                    found=found,
                    expected="与各行之和相等",
                    advice=advice,
                    ledger=ledger.id,
                )
            )
    return issues


def _readings(records: Sequence[Record]) -> Iterable[Sequence[Record]]:
    """The sets of rows a person may have added up: all, those not struck out, those that count."""
    yield records
    yield [record for record in records if record.fate != "cancelled"]
    yield [record for record in records if record.fate in ("kept", "duplicate")]
    yield [record for record in records if record.fate == "kept"]


def _sum(records: Iterable[Record], name: str) -> Decimal:
    return sum(
        (Decimal(value.value) for r in records if (value := r.values.get(name)) and value.value is not None), Decimal(0)
    )
