"""What a line above or below a table's records says of them: a mark that means something, a mistake, records left out. Asked about."""

import re
from collections.abc import Iterator

from fazhi.recognition.headers import Table, text_at
from fazhi.recognition.void_marks import Doubt
from fazhi.values.normalise import compact

_MOST_CELLS = 2  # of a line that is no record
_NUMBER = r"[一二两三四五六七八九十\d]+"
_MARK = (
    r"(?:[带标有打加注]?[*★☆▲△※#●○◎√]+号?|加粗|粗体|斜体|下划线|划线|方框|边框)[^,。;]{0,8}?(?:为|表示|代表|是|系|[:=])"
)
_LEFT_OUT = r"(?:未|没有?)(?:能?及时)?(?:录入|登记|填入|列入|计入|纳入|统计|上报|填报)"
_SAYS = re.compile(
    rf"{_MARK}.{{0,10}}(?:计划|未|不计|重复|结转|上年|去年|补[登录报]|作废|撤|取消|外[镇乡]|估|约)"
    rf"|(?:更正|勘误|订正)[:][^,。;]{{0,12}}|应[为是]\D{{0,3}}\d|第{_NUMBER}[行号项条].{{0,12}}(?:作废|重复|取消|有误|撤销|不计|未开展|填错|写错)"
    rf"|(?:另|还)[有外]?[:,]?\D{{0,4}}\d?\d?[^。;]{{0,14}}?{_NUMBER}[次场件起宗].{{0,10}}{_LEFT_OUT}|{_NUMBER}[次场件起宗].{{0,6}}{_LEFT_OUT}|{_LEFT_OUT}\D{{0,6}}\d"
    rf"|漏[填报登录记统]\D{{0,6}}{_NUMBER}[次场件起宗人行]"
)
_ADVISES = re.compile(r"请|须|必须|不得|应当|如[有遇果]|若|严禁|一律|例[如:]|要求|格式")


def noted_beside(table: Table) -> Iterator[Doubt]:
    """Lines beside the records that say how to read them otherwise; advice on how to fill the table in is passed over."""
    sheet, header = table.sheet, table.header
    for row, filled in enumerate(sheet.filled):
        if not 0 < filled <= _MOST_CELLS or header.first_row <= row <= header.last_row:
            continue
        texts = (compact(text_at(sheet, row, column)) for column in range(len(sheet.rows[row])))
        said = next((found[0] for text in texts if (found := _SAYS.search(text)) and not _ADVISES.search(text)), None)
        if said:
            yield Doubt("column_decides", "", f"表旁注明“{said}”，没有据此改动", row + 1)
