"""Put rows into a sheet's cells as the layout says, and remember which row of the sheet got which fate."""

from dataclasses import dataclass, field
from typing import Any

from .cells import Hand, entry_cells
from .layout import FLAT, Layout
from .records import first_date
from .rows import MONEY, Row
from .world import person


@dataclass
class Sheet:
    """Rows count from 1, columns from 0; `fates` has every row below a header but blank ones."""

    name: str
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # first row, first column, last row, last column
    struck: set[int] = field(default_factory=set)
    struck_cells: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    entries: dict[int, Row] = field(default_factory=dict)
    kept: set[int] = field(default_factory=set)  # identities of the records entered so far as rows that count
    fates: dict[int, tuple[str, str]] = field(default_factory=dict)
    traps: list[tuple[int, str, str, str]] = field(default_factory=list)  # row, column, what, as written

    @property
    def next(self) -> int:
        return len(self.rows) + 1


def put(sheet: Sheet, layout: Layout, cells: list[Any]) -> int:
    """Append a row behind the layout's free columns; gives its number."""
    sheet.rows.append([""] * layout.offset + cells)
    return len(sheet.rows)


def put_line(sheet: Sheet, layout: Layout, parts: list[str], merged: bool) -> int:
    """A line of text over the table: first part left (or over all), last part at the right end."""
    width = len(layout.fields)
    cells = [""] * width
    for i, part in enumerate(parts):
        at = 0 if i == 0 else width - 1 if i == len(parts) - 1 else width // 2
        cells[at] = part or cells[at]
    row = put(sheet, layout, cells)
    if merged and len(parts) == 1 and layout.kind not in FLAT and width > 1:
        sheet.merges.append((row, layout.offset, row, layout.offset + width - 1))
    return row


def put_header(sheet: Sheet, layout: Layout, told: bool) -> None:
    """The header, in one row or two; a repeated one is told as not data."""
    first = sheet.next
    if layout.two_rows:
        upper = [f.group or f.title for f in layout.fields]
        groups = [bool(f.group) for f in layout.fields]
        lower = [f.title if f.group else "" for f in layout.fields]
        shown = [
            t if not g or i == 0 or upper[i - 1] != t else ""
            for i, (t, g) in enumerate(zip(upper, groups, strict=True))
        ]
        put(sheet, layout, list(shown))
        put(sheet, layout, list(lower))
        merge_header(sheet, layout, first)
    else:
        put(sheet, layout, [f.title for f in layout.fields])
    if told:
        for row in range(first, sheet.next):
            sheet.fates[row] = ("not_data", "not_data")


def merge_header(sheet: Sheet, layout: Layout, first: int) -> None:
    """Merge group titles over their columns, and single titles over both rows unless the header is flat."""
    start = 0
    for i, f in enumerate(layout.fields):
        if not f.group:
            if not layout.flat_header:
                sheet.merges.append((first, layout.offset + i, first + 1, layout.offset + i))
            continue
        if i == 0 or layout.fields[i - 1].group != f.group:
            start = i
        last = i + 1 == len(layout.fields) or layout.fields[i + 1].group != f.group
        if last and i > start:
            sheet.merges.append((first, layout.offset + start, first, layout.offset + i))


def put_entry(sheet: Sheet, layout: Layout, hand: Hand, row: Row, serial: int) -> None:
    """One record's row, with what is crossed out or hidden."""
    seen = row.rough and id(row.record) in sheet.kept
    if row.fate == "kept":
        sheet.kept.add(id(row.record))
    at = put(sheet, layout, entry_cells(hand, layout, row, serial, seen))
    sheet.entries[at] = row
    if row.struck:
        sheet.struck.add(at)
    elif hand.hard and row.fate == "kept" and layout.kind in ("xlsx", "xls") and hand.rng.random() < 0.03:
        sheet.struck_cells.add((at, layout.offset + hand.rng.randrange(1, len(layout.fields))))
        sheet.traps.append((at, "", "one_cell_struck", ""))
    if row.hidden and layout.kind in ("xlsx", "xls"):
        sheet.hidden.add(at)
        sheet.traps.append((at, "", "hidden_row", ""))
    if row.trap:
        name = row.trap.split(":")[-1] if row.written else ""
        sheet.traps.append((at, name, row.trap, " | ".join(f"{k}={v}" for k, v in row.written.items()) or row.note))


def put_total(sheet: Sheet, layout: Layout, label: str, rows: list[Row], hand: Hand) -> None:
    """A row of sums under its label, some sums left out; the label stands in the first cell, or in the second."""
    cells: list[Any] = [""] * len(layout.fields)
    for i, f in enumerate(layout.fields):
        kind = hand.spec["columns"][f.name]["kind"] if f.name else ""
        if kind in (*MONEY, "count", "count_or_zero") and hand.rng.random() < 0.7:
            total = sum(r.record[f.name] or 0 for r in rows if r.fate in ("kept", "other_town"))
            cells[i] = float(total) / 10000 if kind in MONEY and layout.ten_thousands else float(total)
    aside = hand.hard and len(cells) > 3 and cells[1] == "" and hand.rng.random() < 0.2
    cells[1 if aside else 0] = label
    row = put(sheet, layout, cells)
    sheet.fates[row] = ("not_data", "not_data")
    if (
        hand.hard
        and not aside
        and layout.kind not in FLAT
        and len(cells) > 2
        and cells[1] == ""
        and hand.rng.random() < 0.3
    ):
        sheet.merges.append((row, layout.offset, row, layout.offset + 1))


def footers(layout: Layout, hand: Hand) -> list[list[str]]:
    """Lines below the table."""
    rng = hand.rng
    lines = [
        [[f"填表人:{person(rng)}", f"审核人:{person(rng)}", ""]],
        [["说明:本表每季度末报平安法治办,逾期未报视为无。"]],
        [],
    ]
    if hand.hard:
        lines += [
            [[f"制表：{person(rng)}", f"分管领导（签字）：{person(rng)}"]],
            [["注：金额未达成的填“/”。"], ["2.日期按年月日填写。"]],
            [[f"填表人：{person(rng)}　　审核人：{person(rng)}　　填报日期：{hand.year}年12月31日"]],
            [["备注：本表一式两份。"]],
            [
                [f"单位负责人：{person(rng)}", "", f"联系电话：1{rng.randint(10**9, 10**10 - 1)}"],
                [f"填报日期：{hand.year}年12月30日"],
            ],
        ]
        if layout.fields[-1].name != first_date(hand.spec):  # a date under the date column could be a record
            lines += [[["", "", f"{hand.town.name}人民政府"], ["", "", f"{hand.year}年12月31日"]]] * 2
    return rng.choice(lines)


def breaks(layout: Layout, hand: Hand, rows: list[Row], i: int) -> str:
    """The label of the subtotal due after row i, or ''."""
    dated = first_date(hand.spec)
    if not layout.subtotals or not dated or i + 1 == len(rows):
        return ""
    a, b = rows[i].record[dated], rows[i + 1].record[dated]
    if layout.subtotals == "page":
        return hand.rng.choice(["本页小计", "小 计"]) if (i + 1) % 18 == 0 else ""
    if layout.subtotals == "month" and a.month < b.month:
        return f"{a.month}月小计"
    quarter = (a.month + 2) // 3
    if layout.subtotals == "quarter" and quarter < (b.month + 2) // 3:
        return "一二三四"[quarter - 1] + hand.rng.choice(["季度合计", "季度小计"])
    return ""


def top(sheet: Sheet, layout: Layout, hand: Hand) -> None:
    """What stands above the first header."""
    if layout.kind == "docx":
        layout.above = [layout.heading, *("  ".join(parts) for parts in layout.meta)]
        return
    if layout.bare:
        return
    for _ in range(layout.lead):
        sheet.rows.append([])
    if layout.heading:
        put_line(sheet, layout, [layout.heading], merged=hand.rng.random() < 0.8)
    for parts in layout.meta:
        put_line(sheet, layout, parts, merged=True)
    if layout.gap and sheet.rows:
        sheet.rows.append([])


def stack(sheet: Sheet, layout: Layout) -> None:
    """A further table of the same columns on the same sheet: title and header once more."""
    sheet.rows.append([])
    if layout.heading:
        sheet.fates[put_line(sheet, layout, [layout.heading], merged=True)] = ("not_data", "not_data")
    put_header(sheet, layout, told=True)


def odd_rows(sheet: Sheet, layout: Layout, hand: Hand) -> None:
    """Now and then a blank row: nothing at all, empty cells, or spaces."""
    if not layout.bare and hand.rng.random() < (0.03 if hand.hard else 0.01):
        sheet.rows.append(
            hand.rng.choice([[], [""] * len(layout.fields), ["  "] * len(layout.fields)] if hand.hard else [[]])
        )


def render(name: str, layout: Layout, hand: Hand, rows: list[Row]) -> Sheet:
    """The whole sheet."""
    sheet, since = Sheet(name), 0
    top(sheet, layout, hand)
    put_header(sheet, layout, told=False)
    if layout.numbered_columns:
        put(sheet, layout, ["栏次" if f.extra == "serial" else str(n) for n, f in enumerate(layout.fields)])
        sheet.traps.append((len(sheet.rows), "", "column_numbers", ""))
    for i, row in enumerate(rows):
        put_entry(sheet, layout, hand, row, i + 1)
        if label := breaks(layout, hand, rows, i):
            put_total(sheet, layout, label, rows[since : i + 1], hand)
            since = i + 1
            if layout.stacked:
                stack(sheet, layout)
            elif layout.bands:
                band = f"{rows[i + 1].record[first_date(hand.spec)].month}月份"
                sheet.fates[put_line(sheet, layout, [band], merged=True)] = ("not_data", "not_data")
        elif layout.repeat_header and (i + 1) % layout.repeat_header == 0 and i + 1 < len(rows):
            put_header(sheet, layout, told=True)
        odd_rows(sheet, layout, hand)
    finish(sheet, layout, hand, rows)
    return sheet


def finish(sheet: Sheet, layout: Layout, hand: Hand, rows: list[Row]) -> None:
    """Rows numbered in advance, the total, the footers; then repeated values are merged or marked."""
    if hand.hard and not layout.bare and layout.fields[0].extra == "serial" and hand.rng.random() < 0.15:
        for n in range(hand.rng.randint(1, 4)):
            put(sheet, layout, [len(rows) + n + 1] + [""] * (len(layout.fields) - 1))
            sheet.traps.append((len(sheet.rows), "", "numbered_in_advance", ""))
    if layout.bare:
        tell_fates(sheet)
        return
    if hand.rng.random() < 0.6:
        labels = ["合计", "合 计", "总计", "累计", "合计：", "全年合计", f"共计{len(rows)}件", f"总计：{len(rows)}条"]
        label = hand.rng.choice(labels if hand.hard else labels[:1])
        put_total(sheet, layout, label, rows, hand)
    for parts in footers(layout, hand):
        sheet.fates[put_line(sheet, layout, parts, merged=False)] = ("not_data", "not_data")
    if layout.ditto:
        repeat_values(sheet, layout, hand)
    tell_fates(sheet)


def tell_fates(sheet: Sheet) -> None:
    """Note the fate of each entry."""
    for at, row in sheet.entries.items():
        sheet.fates[at] = (row.fate, row.reason)


def repeat_values(sheet: Sheet, layout: Layout, hand: Hand) -> None:
    """Replace a value equal to the one in the row above by a mark, or merge the run."""
    name = layout.ditto_column
    at = layout.offset + next(i for i, f in enumerate(layout.fields) if f.name == name)
    run: list[int] = []
    for row in [*sorted(sheet.entries), 0]:
        if run and row == run[-1] + 1 and same(sheet.entries[run[-1]], sheet.entries[row], name):
            run.append(row)
            continue
        if len(run) > 1 and (layout.ditto == "merge" or hand.rng.random() < 0.8):
            for below in run[1:]:
                sheet.rows[below - 1][at] = "" if layout.ditto == "merge" else layout.ditto
            if layout.ditto == "merge":
                sheet.merges.append((run[0], at, run[-1], at))
        run = [row]


def same(above: Row, below: Row, name: str) -> bool:
    """Whether two rows write one readable value in the column."""
    written = name in above.written or name in below.written
    return not written and above.record[name] == below.record[name] and below.record[name] not in (None, "无")
