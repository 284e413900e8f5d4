"""A town whose ledgers carry hostile text in every place that takes text, and the same town with plain text there."""

from pathlib import Path
from typing import Any

import openpyxl
import yaml

from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Column
from fazhi.workspace.paths import Workspace

TEXTS = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "\"><svg onload=alert(1)> ' onmouseover=alert(1) x='",
    "</script></style></title><iframe src=//evil.example>",
    "javascript:alert(1)",
    "http://evil.example/x [点这里](javascript:alert(1)) ![图](http://evil.example/a.png)",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|''!A0 +1+1 -1-1 =HYPERLINK(\"http://evil.example\")",
    "+1",
    "{{7*7}} {{ raise }} {% raise %} {# x #} ${7*7} #{7*7}",
    '#import "x.typ": * #eval("1") #read("/etc/passwd") $x$ @label <label> \\u{41} `raw`',
    "# 标题 ## 二 - 项 1. 项 | a | b | **粗** _斜_ ~~删~~ [^1] <b>b</b>",
    "\u202e倒写\u202c \u2066隔\u2069 \u200b零宽\ufeff",
    "_xD800_半个 _x0000_空 _x0007_铃 _x000D_回车",
    "../../../etc/passwd ..\\..\\CON NUL COM1 C:\\Windows",
    "长" * 700,
    "a" * 700,
    "&lt;b&gt; &amp;amp; ]]> <!-- x --> <?php ?>",
    "%s %(x)s {0} {x!r} \\N{BULLET} \\x00 \\",
    "' OR 1=1; DROP TABLE x; --",
)
FILE = "<img src=x onerror=alert(1)> {{7*7}} $x$ #eval =1 &amp; ' [a](b)"
SHEET = "<b x=1>{{7+7}}'=1 #eval $x$"
UNIT = "<i>镇{{7+7}}$x$ =1+1"


def plain(number: int) -> str:
    return f"普通文字{number}"


def write_town(root: Path, hostile: bool) -> Workspace:
    """A town of 2025 with every ledger, a row a text; `hostile` decides whether the texts are."""
    place = Workspace(root)
    texts = TEXTS if hostile else tuple(plain(number) for number in range(len(TEXTS)))
    town = UNIT if hostile else "青木镇"
    villages = ["龙井村", f"{UNIT}村" if hostile else "青木村"]
    offices = ["司法所", f"{UNIT}办" if hostile else "综合办"]
    place.raw(2025).mkdir(parents=True)
    unit = {
        "name": town, "villages": villages, "offices": offices, "issuer": f"{town}政府", "addressee": texts[0],
        "document_number": texts[10], "form": "公文版", "report_date": "2026-01-09",
    }  # fmt: skip
    place.unit_file.write_text(yaml.safe_dump(unit, allow_unicode=True), encoding="utf-8")
    aliases = {"values": {"disputes.source": {texts[1]: "主动排查"}}, "villages": {texts[2]: "龙井村"}}
    place.aliases_file.write_text(yaml.safe_dump(aliases, allow_unicode=True), encoding="utf-8")
    folder = place.raw(2025) / (f"{FILE}办" if hostile else "司法所")
    for ledger in load_specs().ledgers.values():
        header = [column.label for column in ledger.columns.values()]
        rows = [
            [_cell(column, number, text, villages, offices) for column in ledger.columns.values()] + [text]
            for number, text in enumerate(texts)
        ]
        file = f"{FILE if hostile else '文件'}{ledger.title}.xlsx"
        write_workbook(folder / file, (SHEET if hostile else "台账")[:31], [[ledger.title], [*header, texts[0]], *rows])

    unknown = [[texts[1], texts[2], texts[3]], [1, texts[4], texts[5]], [2, texts[6], texts[7]]]
    write_workbook(folder / (f"{FILE}未知.xlsx" if hostile else "未知.xlsx"), "Sheet1", unknown)
    return place


def _cell(column: Column, number: int, text: str, villages: list[str], offices: list[str]) -> Any:
    match column.kind:
        case "date":
            return f"2025-{number % 12 + 1:02}-{number % 27 + 1:02}" if number else text
        case "money" | "count" | "number":
            return number + 3 if number != 1 else text
        case "vocabulary":
            return list(column.values)[number % len(column.values)] if number != 2 else text
        case "village":
            return villages[number % 2] if number != 3 else text
        case "office":
            return offices[number % 2] if number != 4 else text
        case "boolean":
            return "是" if number != 5 else text
        case "identity":
            return f"5001071878101060{number + 10}"
        case "phone":
            return f"138000012{number + 10}"
        case "person" | "persons" | "party":
            return f"欧阳青{chr(0x4E00 + number)}{text if number % 3 == 0 else ''}"
    return text


def write_workbook(path: Path, title: str, rows: list[list[Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)
