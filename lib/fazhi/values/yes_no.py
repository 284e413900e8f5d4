"""Yes-or-no cells: words, ticks, and statements such as 已办结, 未公示."""

import re
from typing import Any

from fazhi.values.counts import words
from fazhi.values.normalise import compact
from fazhi.values.parsed import (
    Parsed,
    Refused,
    attempt,
    is_stroke,
    number_cell,
    single,
)

_YES = words("是 是的 对 对的 有 已 已经 真 √ ✓ ✔ ☑ ✅ 🗹 v y yes t true 1 编内")
_NO = words("否 不是 不是的 不对 错 无 没 没有 未 不 假 × ✕ ✖ ✗ ✘ ❌ ╳ ☐ □ x n no f false 0 编外")
_NOT_SAID = words("空 空白 n/a na null none ()")
# What can be done or be so. 缴清 and 到位 stand apart: 未缴清 may be half paid.
_STATES = (
    "完成|办结|办理|办好|结案|缴纳?|缴费|缴款|收缴|交纳?|支?付|通过|合格|及格|达标|在编|参加|参训|参与|培训|开展|进行|组织|实施"
    "|落实|解决|整改|评估|论证|审查|公示|公开|征求(?:意见)?|取得|做|讨论|集体讨论|集体决定|听证|审核|执行|履行|回复|答复|反馈|销号|化解|处理|处置"
    "|重大"
)
_ENDED = "缴清|交清|付清|结清|(?:整改|落实|执行|履行)?到位"
_BARE = f"完成|办结|结案|通过|合格|及格|达标|在编|参加|参训|重大|{_ENDED}"  # 缴纳 alone may be a heading or a demand
_ADVERBS = "全部|均|都|全|按时|按期|如期|及时"
_END = "(?:了|的|过)?(?:人员)?"
_DENIED = re.compile(f"(?:还|尚|并)?(?:未|没有|没|不是|不|非|无)(?:曾)?(?:{_STATES}){_END}")
_AFFIRMED = re.compile(
    f"(?:已经|已|有|是)(?:{_ADVERBS})*(?:{_STATES}|{_ENDED})(?:完毕)?{_END}|(?:{_ADVERBS})*(?:{_BARE}){_END}"
)
_MARK = "[☑☐□■√✓✔×]"
_FORM = re.compile(
    f"(?P<yes>{_MARK})(?:是|有)[/|、]?(?P<no>{_MARK}?)(?:否|无)|(?:是|有)(?P<yes_>{_MARK}?)[/|、]?(?:否|无)(?P<no_>{_MARK})"
)
_TICKS = frozenset("☑■√✓✔")


def parse_bool(cell: Any) -> Parsed[bool]:
    """Yes or no. A negation wins, several statements must agree, 部分 and 办理中 are neither.

    Returns
    -------
    Parsed[bool]
        `value` (None for an empty cell), or a `problem`, in Chinese, where it is neither for certain.

    >>> parse_bool("是(已缴纳)").value, parse_bool("未办结").value
    (True, False)
    >>> parse_bool("部分办结").value is None, parse_bool("部分办结").problem is not None
    (True, True)
    """
    return attempt(lambda: _truth(cell))


def _truth(cell: Any) -> bool | None:
    if cell is None or isinstance(cell, bool):
        return cell
    number = number_cell(cell, "是或否")
    text = compact(single(cell)) if number is None else str(number.normalize())
    text = re.sub(r"(?<=^[01])\.0+$|[。.,;、!]+$", "", text)
    if not text or text in _NOT_SAID or (text not in _NO and is_stroke(text)):
        return None
    said = _ticked(text)
    if said is None:
        said = _agreed([part for part in re.split(r"[,;。()【】]", text) if part])
    if said is None:
        raise Refused("看不出是“是”还是“否”")
    return said


def _ticked(text: str) -> bool | None:
    """A printed form with both answers and one tick: ☑是☐否, 是□否√."""
    form = _FORM.fullmatch(text)
    if not form:
        return None
    marks = form.groupdict("")
    yes, no = marks["yes"] + marks["yes_"] in _TICKS, marks["no"] + marks["no_"] in _TICKS
    return yes if yes != no else None


def _agreed(parts: list[str]) -> bool | None:
    said = {_statement(part) for part in parts}
    return said.pop() if len(said) == 1 else None


def _statement(text: str) -> bool | None:
    if text in _YES or _AFFIRMED.fullmatch(text):
        return True
    return False if text in _NO or _DENIED.fullmatch(text) else None
