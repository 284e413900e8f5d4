"""What the titles in a table say: measure words, labels, and what in them says nothing of what is counted."""

import re
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache

from fazhi.quantities import MEASURES, find_quantities
from fazhi.quantities.unmeasured import COUNTED

_WORDS = "增加|减少|增长|下降|上升|提高|降低|多|少|增|减|升|降"
NUMBER = re.compile(
    rf"\s*(?P<sign>[-−–－+＋↑↓▲▼]|{_WORDS})?(?:了)?\s*"
    r"(?P<number>(?:约|近|超过?|逾)?\d[\d,，]*(?:\.\d+)?(?:万(?!元)|亿(?!元))?[余多]?(?:万(?!元))?)"
    rf"\s*[（(]?(?P<unit>%|％|个?百分点|[百千]?[万亿]?元|{'|'.join(map(re.escape, MEASURES))})?[)）]?\s*(?P<arrow>[↑↓▲▼])?\s*"
)
UNIT = rf"%|％|个?百分点|[百千]?[万亿]元|{'|'.join(map(re.escape, MEASURES))}"
MEASURE = re.compile(rf"\s*(?:[/／—-]|{UNIT})?\s*")
BRACKETS = re.compile(
    rf"[(（](?:单位[:：])?\s*(?P<unit>{UNIT})\s*[)）]|[/／](?P<after>{UNIT})$|[(（](?P<two>[^()（）]{{1,12}}[/／][^()（）]{{1,12}})[)）]|[(（][^()（）]{{1,6}}[)）]"
)
_NO_LABEL = re.compile(r"^(?:序号|编号|№|备注|说明|[／/—-]+)$|^[(（]?[\d.、一二三四五六七八九十]*[)）]?[.、]?$")
NAMED_YEAR = re.compile(r"(20\d\d)年?度?")
_WHOLE_YEAR = re.compile(r"1\s*月?份?\s*[-—–~至到]+\s*12\s*月份?|全年")
_MORE_OR_LESS = r"[多增升+＋][（(]?[/／、]?[少减降\-－−][）)]?|±"  # 多/少, 增（减）, +/-
CHANGE = re.compile(
    rf"增减|增幅|增长|增加|增速|净增|[涨降]幅|升降|同比|变[化动]|较上年|比上年|较去年|比去年|与上年|与去年|差值|差额|{_MORE_OR_LESS}"
)
_TWO = re.compile(r"\s*(?!20\d\d\s*[/／])\d[\d,.]*\s*[/／]\s*\d[\d,.]*\s*")  # 14/12
SHARE = re.compile(
    r"(?:所?占[^\s（()）率]{0,8}?的?比[重例]?|比[重例]|百分比|构成比?|所?占[^\s（()）率]{0,6}(?=[%％])|所?占(?:全[镇乡街部体]|总[数量额]))[%％]?"
)  # as a whole title
_WITH_CHANGE = re.compile(r"[数量额值况成][及和、]")
SAYS_NOTHING = re.compile(
    r"(?:与|较|比)(?:上年|去年|上一年)(?:同期)?(?:相比)?|(?:上一?|去|本|今|当)年度?|同期|20\d\d年?度?|全年|数量|数值|总数|数据|实绩|实际|合\s*计|总\s*计|小\s*计|累计|完成情况|(?<!任务)已?完成[数值量]?|情况|指标值?|结果|统计|^(?:登记|填报|填写|具体)?内容$"
    rf"|(?:与|较|比)?(?:上年|去年)?(?:同期)?(?:相比)?(?:增减|增幅|增长率?|增速|净增|[涨降]幅|升降|同比|变[化动]|差[值额]|{_MORE_OR_LESS})(?:幅度?)?[量率数额值%％]?(?:情况)?"
)
_ENDS = re.compile(r"(人次|场次|家次|户次|件次|份数|人数|户数|件数|次数|条数|个数|项数|场数|张数|万元)$")
_IN_SENTENCE = re.compile("[，；。](?!$)|。$")  # 全年调解纠纷125件，… names no row
HOW_MANY = re.compile(r"(?:[件个份项场张条户]数|万元|(?<=[\u4e00-\u9fff]{2})(?<![人次家])数)$")


@lru_cache(maxsize=10_000)
def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, alone or in a sentence; a year is none."""
    number = NUMBER.fullmatch(text)
    is_number = number and not NAMED_YEAR.fullmatch(text.strip())
    return bool(is_number or _TWO.fullmatch(text)) or bool(find_quantities(text))


def labels_of(
    texts: Sequence[str], above: Mapping[int, str], *, titled: bool, figures: Container[int] = ()
) -> dict[int, str]:
    """What names a row, by column: its texts up to the first figure; in a blank or merged cell stands what stood above it.

    Where the columns have no titles (`titled`), or in one of `figures`, a text with a figure names nothing.
    """
    found: dict[int, str] = {}
    is_new = False
    for at, text in enumerate(texts):
        if not text and at in above and not is_new:
            found[at] = above[at]
        elif (_IN_SENTENCE.search(text) and is_figure(text)) or (
            found and NUMBER.fullmatch(text) and not NAMED_YEAR.fullmatch(text)
        ):
            break
        elif text and (not _NO_LABEL.match(text) or NAMED_YEAR.fullmatch(text)):
            if (found and re.search(r"\d", text)) or ((not titled or at in figures) and is_figure(text)):
                break
            found[at], is_new = text, True
    return found


def unit_in(title: str) -> str:
    """The measure word in brackets of a title: 应急演练（场）."""
    return next((unit for one in BRACKETS.finditer(title) if (unit := one["unit"] or one["after"])), "")


def ending_of(title: str) -> str:
    """The measure word that a title ends in: 参训人次, 调解件数."""
    match = _ENDS.search(bare(title))
    return COUNTED.get(match[1], match[1]) if match else ""


def name_of(label: str, title: str) -> str:
    """The titles of a row and a column without what says nothing of what is counted; that it is a share comes last."""
    label, title = ("占比" if SHARE.fullmatch(bare(one)) else one for one in (label, title))
    label, title = (title, label) if label == "占比" else (label, title)
    title = "" if label and re.fullmatch(UNIT, bare(title)) else title
    return "".join(HOW_MANY.sub("", SAYS_NOTHING.sub("", _WHOLE_YEAR.sub("", bare(one)))) for one in (label, title))


def tells_change(title: str) -> bool:
    """Whether a title is of a change against the year before, and not of a number with its change: 数量及同比."""
    return bool(CHANGE.search(title)) and not _WITH_CHANGE.search(title)


def bare(title: str) -> str:
    return re.sub("[:：，,、；]", "", BRACKETS.sub("", title)).strip()
