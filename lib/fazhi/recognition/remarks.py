"""What a remark says of its record beyond 作废: that it did not take place, was entered before, that a number is another one."""

import re
from collections.abc import Iterator
from functools import lru_cache

from fazhi.recognition.headers import Table
from fazhi.recognition.rows import entries, voided
from fazhi.recognition.void_marks import Doubt
from fazhi.values.normalise import compact

_WIDEST = 200  # columns looked at
_EVENT = r"(?:活动|演练|会议|培训|讲座|本次|该次|该场|此次)"
_SAID = re.compile(
    rf"^{_EVENT}?(?:因.{{1,8}})?已?(?:取消|撤回)$|^{_EVENT}?(?:因.{{1,8}})?[已拟]?延[期至到](?:举行|举办|开展|召开|进行|[至到]?(?:明年|下年|20\d\d年).*)?$|{_EVENT}(?:已|因.{{1,8}}?)?取消|取消(?:开展|举行|举办|召开)"
    r"|[未没]有?(?:实际)?(?:开展|举行|举办|召开)(?!过)|(?:停办|推迟|暂缓)(?:举行|举办|开展|召开)?$"
    r"|(?<![不无非])重复(?:(?:登记|录入|上报|统计|报送|填报|计算)|$)|[与同](?:上|前|下)一?[条行项件]|[与同见]第?\d+[行号]"
    r"|(?:并入|合并[到至于])|(?<!未)已计入|不(?:计入|纳入|列入|算)|不计$|不属于?本|非本[镇乡街级]"
    r"|[应实]际?[为是]\D{0,3}\d|(?:更正|订正|修改|改|变更|调整|减少?|降低?)[为成至到]\D{0,3}\d|免[于予]处罚|撤回(?:了)?(?:调解)?申请|反悔|分[二两三四五六七八九\d]+[批场次](?!付|支|履)|其中\D{0,8}\d[次场件起]|(?:人数|日期|时间|金额|数量|类型|类别|结果|村名?)[应实]际?[为是]"
    r"|(?:此|本[行条]?)?[为系是含]?\d+[次场起]?的?(?:合计|总[数计和]|之和|累计)|^[共计合]{1,2}\d+[次场]$|^[含另](?:\d{1,2}月)?\D{0,6}[一二两三四五六七八九十\d][次场起](?![^,，。;；]{0,4}\d*[元天])"
    r"|^[应实][际有到]?[:]?\d|误[填录登报]|写错|填错|笔误|有误|另(?:有|外|加)\D{0,4}\d|[上去往]年.{0,2}(?:结转|案件|补录|登记)|测试(?:数据|记录)?$|待核实"
)


def said_in_remarks(table: Table) -> Iterator[Doubt]:
    """Records whose remark says what may change whether or how much they count; only the words that say so are repeated."""
    if table.remark is not None:
        below = entries(table)
        for row, remark in below.remarks.items():
            if row not in below.struck and (said := _said(remark)):
                yield Doubt("column_decides", "备注", f"备注写着“{said}”", row)
    yield from _said_under_no_title(table)


def _said_under_no_title(table: Table) -> Iterator[Doubt]:
    """The same in the columns that have no title, where remarks are jotted down beside the records."""
    titles, filled = table.header.titles, table.sheet.filled
    width = max(map(len, table.sheet.rows), default=0)
    for position in range(min(width, _WIDEST)):
        if (position < len(titles) and titles[position]) or position in table.columns.values():
            continue
        said = {cell: words for cell in table.sheet.texts_in(position) if (words := _said(cell) or _voids(cell))}
        for row, cell in enumerate(table.below(position) if said else (), table.first_data_row + 1):
            if isinstance(cell, str) and cell in said and filled[row - 1] > 2:
                yield Doubt("column_decides", "", f"没有列名的一列写着“{said[cell]}”", row)


def _voids(text: str) -> str:
    return "作废" if voided(text) else ""


@lru_cache(maxsize=4096)
def _said(remark: str) -> str:
    found = _SAID.search(compact(remark))
    return found[0] if found else ""
