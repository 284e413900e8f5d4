"""Numbers that a sentence writes without a measure word, because one stands before them or was said: 参训人次达到1327, 比上年减少523."""

import re
from collections.abc import Iterator
from decimal import Decimal

from fazhi.quantities.quantity import SCALES, Quantity, kind, step

_END = r"(?![\d.])(?=[，。；、）\s]|$)"
_NUMBER = r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)[余多]?[万亿]?[余多]?\+?)"
_NAMED = re.compile(
    rf"(?P<measure>人次|场次|件次|家次|户次|份数|人数|户数|件数|次数|条数|张数|项数)(?:累计|合计|共计|总计|共)?(?:达到|为|是|有|计|达|：)?了?{_NUMBER}{_END}"
)
_COMPARED = re.compile(
    rf"(?:(?:较|比|与|跟|同)(?:上一?年度?|去年|前一年度?|20\d\d年)[^，。；\d]{{0,8}}|同比)(?:增加|减少|多|少|增|减|上升|下降|净增)了?{_NUMBER}{_END}"
    rf"|(?:上一?年度?|去年|前一年度?|20\d\d年)(?:同期|全年)?(?:为|是|仅|共|有){_NUMBER.replace('number', 'last')}{_END}"
)
_LARGE = re.compile(rf"(?<![\d.,第])(?P<number>\d+(?:\.\d+)?[余多]?[万亿][余多]?\+?){_END}")  # 投入86.2万，阅读量10万+
_MEASURED = re.compile(
    r"(?:(?P<元>投入|投资|资金|金额|罚款|罚没款?|经费|补贴|奖补|损失|标的额?|赔偿款?)|(?P<次>[读览击放问发赞看]量?))[^，。；、\d]{0,5}$"
)
_WRITTEN = re.compile(r"([\d.,]+)([余多]?)([万亿]?)([余多]?\+?)")
# A title or noun that counts → its measure word.
COUNTED = {
    "份数": "份",
    "人数": "人",
    "户数": "户",
    "件数": "件",
    "次数": "次",
    "条数": "条",
    "个数": "个",
    "项数": "项",
    "场数": "场",
    "张数": "张",
}


def unmeasured(text: str) -> Iterator[Quantity]:
    """Those numbers of a text, not in its order; the measure is empty where only what was said before tells it."""
    told = set()
    for match in _NAMED.finditer(text):
        told.add(match.start("number"))
        yield _made(text, match, "number", COUNTED.get(match["measure"], match["measure"]))
    for match in _COMPARED.finditer(text):
        group = "number" if match["number"] else "last"
        told.add(match.start(group))
        yield _made(text, match, group, "")
    for match in _LARGE.finditer(text):
        if match.start() not in told:
            noun = _MEASURED.search(text, max(0, match.start() - 12), match.start())
            yield _made(text, match, "number", (noun and noun.lastgroup) or "")


def _made(text: str, match: re.Match[str], group: str, measure: str) -> Quantity:
    written = _WRITTEN.fullmatch(match[group])
    digits, before, scale, after = written.groups() if written else (match[group], "", "", "")
    value = Decimal(digits.replace(",", "")) * SCALES.get(scale, 1)
    return Quantity(
        match.start(group), match.end(group), match[group], value, measure, step(digits + scale), before + after,
        kind=kind(text, match),
    )  # fmt: skip
