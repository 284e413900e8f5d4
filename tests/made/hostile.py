"""Builders of hostile and odd files, each from public descriptions of the formats. `CASES` names them all.

Each case has the file's name, its builder, and the one outcome that is right: "read" (no finding worse than info),
"refused", or "findings".
"""

from collections.abc import Callable

from made.hostile_workbooks import (
    LEDGER,
    beyond_the_grid,
    bomb,
    compound,
    entity_declaration,
    errors_and_formulas,
    far_cell,
    formatted_to_the_end,
    looping_chain,
    missing_sheet,
    missing_string,
    negative_date,
    password_record,
    prefixed_sheet,
    renamed,
    repeated_cell,
    repeated_row,
    rows_out_of_order,
    rows_xml,
    same_sheet_names,
    sheet_xml,
    strict_workbook,
    understated_size,
    utf16_sheet,
    workbook_parts,
    wrong_checksum,
    xlsx,
    zipped,
)

TEXT = "日期,事项,人数\n2025-03-05,学习,12\n2025-03-06,宣传,30\n"
HTML = "<html><table><tr><td>日期</td><td>人数</td></tr><tr><td>2025-03-05</td><td>12</td></tr></table></html>"
OLD = "urn:schemas-microsoft-com:office:spreadsheet"
XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    f'<Workbook xmlns="{OLD}" xmlns:ss="{OLD}">'
    '<Worksheet ss:Name="台账"><Table><Row><Cell><Data ss:Type="String">日期</Data></Cell></Row>'
    '<Row><Cell><Data ss:Type="Number">12</Data></Cell></Row></Table></Worksheet></Workbook>'
)


# Name → (file name, builder, "read" | "refused" | "findings").
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "plain": ("a.xlsx", xlsx, "read"),
    "wrong checksum": ("a.xlsx", wrong_checksum, "refused"),
    "understated size": ("a.xlsx", understated_size, "refused"),
    "bomb": ("a.xlsx", bomb, "refused"),
    "entity declaration": ("a.xlsx", entity_declaration, "refused"),
    "cut zip": ("a.xlsx", lambda: xlsx()[:-40], "refused"),
    "repeated part": (
        "a.xlsx",
        lambda: zipped(workbook_parts(), [("xl/worksheets/sheet1.xml", sheet_xml(rows_xml(LEDGER[:1])).encode())]),
        "refused",
    ),
    "part repeated in other case": (
        "a.xlsx",
        lambda: zipped(workbook_parts(), [("xl/worksheets/Sheet1.xml", sheet_xml(rows_xml(LEDGER[:1])).encode())]),
        "refused",
    ),
    "far cell": ("a.xlsx", far_cell, "refused"),
    "beyond the grid": ("a.xlsx", beyond_the_grid, "refused"),
    "formatted to the end": ("a.xlsx", formatted_to_the_end, "read"),
    "lying dimension": ("a.xlsx", lambda: xlsx(before='<dimension ref="A1:XFD1048576"/>'), "read"),
    "dimension that is none": ("a.xlsx", lambda: xlsx(before='<dimension ref="#REF!"/>'), "read"),
    "dimension without reference": ("a.xlsx", lambda: xlsx(before="<dimension/>"), "read"),
    "small dimension": ("a.xlsx", lambda: xlsx(before='<dimension ref="A1"/>'), "read"),
    "rows out of order": ("a.xlsx", rows_out_of_order, "findings"),
    "repeated row": ("a.xlsx", repeated_row, "findings"),
    "repeated cell": ("a.xlsx", repeated_cell, "findings"),
    "same sheet names": ("a.xlsx", same_sheet_names, "findings"),
    "missing sheet": ("a.xlsx", missing_sheet, "refused"),
    "missing string": ("a.xlsx", missing_string, "refused"),
    "errors and formulas": ("a.xlsx", errors_and_formulas, "findings"),
    "broken xml": ("a.xlsx", lambda: xlsx("<row r='1'><c></row>"), "refused"),
    "empty sheet": ("a.xlsx", lambda: xlsx(""), "read"),
    "utf-16 sheet": ("a.xlsx", utf16_sheet, "read"),
    "prefixed sheet": ("a.xlsx", prefixed_sheet, "read"),
    "strict workbook": ("a.xlsx", strict_workbook, "read"),
    "upper case parts": ("a.xlsx", lambda: renamed(workbook_parts(), str.upper), "read"),
    "backslash parts": ("a.xlsx", lambda: renamed(workbook_parts(), lambda n: n.replace("/", "\\")), "read"),
    "xlsx named xls": ("a.xls", xlsx, "read"),
    "xlsx named csv": ("a.csv", xlsx, "read"),
    "negative date": ("a.xlsx", negative_date, "read"),
    "looping chain": ("a.xls", looping_chain, "refused"),
    "password record": ("a.xls", password_record, "refused"),
    "encrypted package": ("a.xlsx", lambda: compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "refused"),
    "word document": ("a.xls", lambda: compound({"WordDocument": b"x"}), "refused"),
    "ole without content": ("a.xls", lambda: compound({"Workbook": b""}), "refused"),
    "ole cut short": ("a.xls", lambda: compound({"Workbook": b"x" * 9000})[:700], "refused"),
    "plain zip": ("a.xlsx", lambda: zipped({"notes.txt": b"x"}), "refused"),
    "pdf": ("a.xlsx", lambda: b"%PDF-1.7\n\0\1\2", "refused"),
    "empty": ("a.xlsx", lambda: b"", "refused"),
    "only noughts": ("a.xls", lambda: b"\0" * 5000, "refused"),
    "lock file": ("~$a.xlsx", lambda: b"\x05admin".ljust(165, b"\0"), "read"),
    "system file": (".DS_Store", lambda: b"\0\0\0\1Bud1", "read"),
    "csv": ("a.csv", lambda: TEXT.encode("utf-8"), "read"),
    "csv with mark": ("a.csv", lambda: TEXT.encode("utf-8-sig"), "read"),
    "csv in gb18030": ("a.csv", lambda: TEXT.encode("gb18030"), "read"),
    "csv in utf-16": ("a.csv", lambda: TEXT.encode("utf-16"), "read"),
    "csv in utf-16 without mark": ("a.csv", lambda: TEXT.encode("utf-16-le"), "refused"),
    "csv of mixed encodings": ("a.csv", lambda: TEXT.encode("utf-8") + "陶".encode("gb18030") + b"\xff\n", "refused"),
    "csv with nought": ("a.csv", lambda: b"a,b\n1,\x002\n", "refused"),
    "csv with open quote": ("a.csv", lambda: b'a,b\n1,"2\n3,4\n', "refused"),
    "csv with text after quote": ("a.csv", lambda: b'a,b\n1,"2"x\n', "refused"),
    "csv with sep line": ("a.csv", lambda: b"sep=;\r\na;b\r\n1;2\r\n", "read"),
    "csv with trailing separators": ("a.csv", lambda: b"a,b,,,\n1,2,,,\n,,,,\n", "read"),
    "csv with damaged number": ("a.csv", lambda: b"id,b\n1.10101E+17,2\n", "findings"),
    "csv with replacement character": ("a.csv", lambda: "a,b\n\ufffd,2\n".encode(), "findings"),
    "html named xls": ("a.xls", lambda: HTML.encode("gb18030"), "read"),
    "html cut in its first tag": ("a.xls", lambda: b"<ht", "refused"),
    "html without table": ("a.xls", lambda: b"<html><body>404 not found</body></html>", "refused"),
    "html with huge span": ("a.xls", lambda: HTML.replace("<td>", '<td colspan="99999999">').encode(), "read"),
    "spreadsheetml": ("a.xls", lambda: XML_2003.encode("utf-8"), "read"),
    "spreadsheetml with entity": (
        "a.xls",
        lambda: XML_2003.replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook').encode("utf-8"),
        "refused",
    ),
    "spreadsheetml cut": ("a.xls", lambda: XML_2003.encode("utf-8")[:-30], "refused"),
}
