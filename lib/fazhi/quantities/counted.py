"""What quantities count, in the words of their own clauses, whatever ledger answers for them: 专题会议 of 专题会议6次, 企业 of 3家企业."""

import re
from collections.abc import Sequence

from fazhi.quantities.quantity import Quantity

_CLAUSE = re.compile(r"[，。；：、！？（）,;:!?()|\t\n]")
_LEAD = re.compile(  # says when, where or how, not what
    r"(?:的|在|对|为|给|把|将|向|到|由|从|按|共计?|累计|计|(?:本|当|全)年|年[内度]|(?:全|本)[镇乡县区市]|全街道|辖区|今年以?来?|其中|[另还]?有|各|已经?|均|都"
    r"|和|与|及|以及|并|约|截[至止](?:\d+月)?(?:\d+[日号])?|(?:\d+年)?\d+月(?:底|末|份)?|[比较](?:上年|去年)(?:同期)?)+"
)
_LINK = re.compile(
    r"(?:一共|共有|共计?|总计|合计|累计|计|达到|达|为|是|有|约|近|超|了|(?<![平人])均|各|已|仅|到|过|的|在|从|由"
    r"|(?:增|降|升|减|精简|压缩|调整|压减|提高|上升|下降)(?:至|到|为)|至)+$"
)
_GOES_ON = re.compile(r"\d|(?:增|降|升|减|精简|压缩|调整|压减|提高|上升|下降)[到至为]|[至到为]")  # and no noun follows
_BEFORE_NOUNS = frozenset(
    ["个", "名", "位", "座", "家", "户", "人", "支", "所", "处", "项", "件", "条", "份"]
)  # 43座商务楼宇
_LONGEST, _FOLLOWING = 12, 8  # characters of what stands before and behind
_WINDOW = 60  # characters before it that are looked at
_CELLS = " \t\n|"  # between the cells of a table


def counted(text: str, quantities: Sequence[Quantity]) -> list[str]:
    """For each of the quantities of `text`, in order, the words that say what it counts; empty where none do."""
    told: list[str] = []
    since = 0
    for quantity in quantities:
        told.append(_named(text, quantity, since) or (told[-1] if told else ""))
        since = quantity.end
    return told


def _named(text: str, quantity: Quantity, since: int) -> str:
    before = text[max(since, quantity.start - _WINDOW) : quantity.start].rstrip(_CELLS)
    before = _CLAUSE.split(before)[-1]
    before = _LINK.sub("", before)
    before = _LEAD.sub("", before, count=1) if _LEAD.match(before) else before
    after = _CLAUSE.split(text[quantity.end : quantity.end + _LONGEST], maxsplit=1)[0].removeprefix("的")
    after = "" if _GOES_ON.match(after) else re.split(r"\d", after)[0][:_FOLLOWING]
    is_named_after = after and (not before or (quantity.measure in _BEFORE_NOUNS and len(after) > 1))
    return (after if is_named_after else before[-_LONGEST:]).strip()
