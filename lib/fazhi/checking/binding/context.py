"""What the words around a quantity say: its clause, its year, whether it is a change, and what narrows it to a part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fazhi.checking.binding.names import content
from fazhi.checking.binding.periods import WHOLE_YEAR
from fazhi.checking.binding.side_by_side import FAR, LIST, listed_name
from fazhi.checking.binding.wordings import wordings
from fazhi.quantities import Quantity

Change = Literal["", "up", "down", "either", "times", "ratio", "share", "sum", "goal"]

# What a sentence is about, said before all else: 应急方面， and 人民调解：
TOPIC = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．是]+)?[^，。；：、\d]{2,12}(?:方面|领域|工作中|工作上)[，：]"
)
OPENING = re.compile(r"\s*([^，。；：、\d]{2,6}?)(?:呢|的事|这[一]?[块头摊]|方面|工作)[，：]")  # 咨询呢，
LABEL = re.compile(r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．是]+)?([^，。；：、\d]{2,20})：")
_BREAKS = re.compile(
    r"[，、,:：；;。\n]|——|[（(](?!社区|居|村|次)|(?<!社区)(?<![居村次会])[）)]"
)  # 村（社区） is one word
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TAIL = 40  # characters, more than a change takes: 较2024年同期相比，同比增长了
_THIS_IS = re.compile(
    r"^[”」]?(?:——|[，,：:](?=[这那]))(?:[这那])?(?:个数字?)?(?:就|便|正|也)?是?"
)  # 827家次——这是一年的检查量
_JOINED = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:以及|和|与|及)$")  # 52场专题学习和36次法律法规学习
_NOUN = 3  # characters that name a thing
_NAMED_PLACE = re.compile(
    r"[“「][^“”「」]{2,16}(?:中心|(?<!导航)站|室|平台|品牌|委员会|制度|机制)[”」]"
)  # “矛盾纠纷调处中心” is a name
_ASIDE = re.compile(r"[（(]([^（()）\d，。；]{1,12})[)）](?=[^，。；、：]*$)")  # 集中宣传（赶场天摆摊）7场
_DONE = re.compile(
    "虽|已|完成|办结|整改|现|(?<=[\u4e00-\u9fff])(?<!集)中(?![心队学介国层央小午秋])|里头|里面|当中|其中"
)
_RATE = re.compile("率(?:为|达|达到)?$")  # says by itself what it is
_NO_THING = re.compile("(?:全年|全镇|今年|年内|累计|其中|我们|我镇|共|有)*")
_CHANGE = re.compile(
    r"(?:(?:较|比|与|同|跟)?(?:上一?年度?|去年|[前头]一年度?|往年|\d{4}年度?)(?:同期)?(?:相比|比)?[,，]?|同比|环比|分别)?(?:同比)?"
    r"(?P<word>(?:变动|变化)(?:幅度|率)?|变幅|相差|负增长|增长|上升|增加|提高|提升|增幅|增速|涨幅|净增加?|(?<!最)多出?|(?<!新)增|升|下降|减少|降低|降幅|回落|(?<!最)少|压降|降|净减少?|减)(?:了|约|达|近|超过?)?(?:为)?$"
)
_DOWN = frozenset({"负增长", "净减", "净减少", "下降", "减少", "降低", "降幅", "回落", "少", "压降", "降", "减"})
_PLAINLY = _DOWN - {"减少", "净减少", "少", "降", "减"} | {  # no comparison need stand by them
    "增长", "上升", "增幅", "增速", "涨幅", "净增", "净增加", "净减少",
}  # fmt: skip
_EITHER = re.compile("变|相差")  # says not which way
_TURNED = re.compile(r"(?:上一?年度?|去年|[前头]一年)(?:同期)?(?:比|较)(?:今年|本年度?|当年)[^，。；\d]{0,4}$")
_RATIO = re.compile(
    r"(?:是|为|达到?|相当于)(?:上一?年度?|去年|[前头]一年度?|\d{4}年度?)(?:同期)?(?:[（(][^（()）]{1,16}[)）])?的$"
)
AGAINST = re.compile(r"(?:较|比|与|同|跟)(?:上一?年度?|去年|[前头]一年|\d{4}年)|同比")
_AGAINST_YEAR = re.compile(r"(?:较|比|与|同|跟)(20\d\d)年")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_LAST_YEAR = re.compile(r"(?:上一?年度?|去年|[前头]一年度?)(?!以来|来)(?!.*(?:较|比(?!例|率|重)|相比))")
_THIS_YEAR = re.compile(r"(?:今年|本年度?)(?:同期|全年)?(?:的|为|是|共|仅|计|有|则)?$")
_SAID = re.compile(r"(?:去年|上一?年|今年|本年|当年)[一全]?年?度?[（(](20\d\d)年度?[）)]")  # 去年（2025年）
_OF_YEAR = re.compile(
    r"20\d\d年(?:以来|以前|之?前|之?后)[^，。；]{0,16}的(?=[\u4e00-\u9fff])"
)  # 对2000年以来印发的文件
_COMPARED = re.compile(r"(?:较|比|与|同|由|从|跟)20\d\d年")
_JUST_LAST = re.compile(r"(?:上一?年度?|去年|[前头]一年度?)(?:同期|全年)?(?:的|为|是|共|仅|计)?$")
_JUST_YEAR = re.compile(r"(20\d\d)年度?(?:同期|全年)?(?:的|为|是|共|仅|计)?$")
_FROM = re.compile(r"(?:(?<![案事理])由|从)[^，,。；;]{0,6}$")
_PERIOD = re.compile(
    r"(?<![\d年])(?:(?<!截[至止])(?!\d{1,2}月\d{1,2}日[^，。；]{0,6}(?:完成|结束))\d{1,2}月(?:份|底|末|至|[-~]\d)?|[一二三四1-4]季度|[上下]半年|本月|当月|期间|宣传[周月日](?![、”等])|截[至止](?=[^，。；：]{0,7}(?:月|季度|半年))(?!年底|年末|本?年底|12月|20\d\d年(?:底|末|12月)))"
)
_WHOLE_YEAR = re.compile("全年|[今本]年|一年来|年内")  # what follows is no longer of a day or a month named before
_RANGES = re.compile(
    r"(?:20\d\d年?[-—–~～至到]+20\d\d年|近[两二三四五]年|[三四五]年来|[人户村场件案卷宗次日月]均|平均|全[区县市省国](?=[^一二三四五六七八九十]*[|])|有的|个别|少数|某|部分(?=村|社区|单位|群众|干部)|其中|[男女]|未成年|重大(?!问题)|疑难|复杂|集体(?!讨论|研究|审议|决定|学习|协商)|较大(?=隐患|事故|风险|案)|一般(?=隐患|事故|风险|程序|纠纷|案)|(?:企业|村级|村集体|村民)(?=合同)|联合(?=执法|检查)|专项(?=执法|检查|行动|整治)|重点(?!工作任务|任务|工作[|])|跨[区镇村]|首次|新增|带队(?=检查|开展)"
    r"|涉及?[\u4e00-\u9fff]{1,4}(?:类|纠纷|案)|(?:国家|[国省市区县村]|社区)级|[镇乡]级(?=调委会|调解)|(?:参加|参与|承办)[国省市区县]级?"
    r"|指导(?!各|全|所)|督促(?!整改)|协助|配合|参与(?=(?:调解|调处)(?:案件|纠纷|矛盾))|(?<!镇内)(?<!我镇)(?<!本镇)自行|自主|自发|直接(?!审查|审核|通过|同意)|(?<!各)(?:村(?!两级)|社区|居委会|居）)[^，。；|]{0,3}(?:调委会|调解组织)"
    r"|(?:企业|学校|医院|物业|商会|协会|志愿者|服务队|村民小组|村（社区）)(?:组织|开展|举办|进行))"
)
_TOPICS = re.compile("反诈|诈骗|[禁涉]毒|垃圾分类|医保|征兵|食品|药品|特种设备|溺水|扫黑|信访|社区矫正")
_EXAMPLES = re.compile(r"^[^¦|]{2,}等(?=[^¦|级候]{4,}[|])")  # 村级合同把关等重点难点问题
_NOT_DONE = re.compile("免予|免于|不予|从轻|减轻|不罚|没有?达到|未达到?[|]")  # 对12起轻微违法行为免予处罚
# What is done with a thing besides what an indicator counts: 行政处罚听证2件 are no decisions.
_DEEDS = re.compile(
    r"正在|尚未|反诈|诈骗|禁毒|垃圾分类|医保|征兵|购买|第三方|(?<!整)治安|食品|药品|特种设备|(?:政策|业务|户籍|心理)(?=咨询)|免罚|免予|减免|首违|听证|公示|移送|备案|考核|互评|注册|用户|奖励|评议|履约|考试|满意|投诉|举报|回访|上报|录入|移交|转办|申请|审批|督查|验收|直播|观看|意见书|标的(?!较|额较)|补贴|积案|抽取$|整改|消除|销号|(?<!项)指标|纪要|(?:处罚|检查|强制|许可|执法)权|(?:便民|政务)服务"
)


@dataclass(frozen=True)
class Place:
    """What stands by a number: `near` its own clause, `far` its sentence up to there, `before` all that stands before it.

    `since` is what stands between the number before it and itself.
    """

    near: str
    far: str
    before: str
    since: str


def place_of(sentence: str, start: int, inside: Sequence[Quantity], number: int) -> Place:
    """What stands by the quantity of that number among those `inside` the sentence, which begins at `start`."""
    quantity = inside[number]
    at = quantity.start - start
    before = _NAMED_PLACE.sub("|", sentence[max(0, at - FAR) : at])
    since = sentence[inside[number - 1].end - start if number else 0 : at]
    listed = listed_name(sentence, start, inside, number)
    if listed:
        return Place(listed, before, listed, listed)
    left = _left(sentence, start, inside, number)
    right, whole = _right(sentence, start, inside, number)
    if not whole:  # it belongs to the number that follows; but 下达的16项任务已完成15项
        done = _DONE.split(right)
        right = done[0] if left.endswith("的") or len(left) <= 2 or len(done) > 1 else ""
    near = _EXAMPLES.sub("", f"{left}|{right}") if "、" in since else f"{left}|{right}"
    return Place(_NAMED_PLACE.sub("|", near), f"{before}|{right}", before, since)


def _left(sentence: str, start: int, inside: Sequence[Quantity], number: int) -> str:
    """Its clause up to the number before; where nothing stands between the two, what stands by that one: 8类18项."""
    first = max(0, number - LIST)
    while True:
        floor = inside[number - 1].end - start if number else 0
        between = sentence[floor : inside[number].start - start]
        if number <= first or between.strip("、和，") or (between and _counts_itself(sentence, start, inside, number)):
            break
        if "，" in between and _is_rest(sentence, start, inside, number):
            return ""
        number -= 1
    clauses = _BREAKS.split(_ASIDE.sub(r"\1", _JOINED.sub("、", between) if number else between))
    left = clauses[-1]
    if _NO_THING.fullmatch(left) and _counts_itself(sentence, start, inside, number):
        return left
    is_told = number > 0 and _counts_itself(
        sentence, start, inside, number - 1
    )  # the first clause is the number's before
    for earlier in reversed(clauses[is_told:-1]):
        is_told_enough = len(left) >= 4 and content(left, (), wordings().filler)
        if is_told_enough or _RATE.search(left):
            break
        left = f"{earlier}¦{left}"
    return left


def _is_rest(sentence: str, start: int, inside: Sequence[Quantity], number: int) -> bool:
    """Whether a number counts more of what the one before counted, by words behind it: 完成58项，2项跨年."""
    right, _ = _right(sentence, start, inside, number)
    return inside[number].measure == inside[number - 1].measure and bool(_HAN.search(right))


def _counts_itself(sentence: str, start: int, inside: Sequence[Quantity], number: int) -> bool:
    """Whether what it counts stands behind the number, and what stands before it was the number before's: 61次宣传、164家次入户走访."""
    right, _ = _right(sentence, start, inside, number)
    return len(_HAN.findall(right)) >= _NOUN


def _right(sentence: str, start: int, inside: Sequence[Quantity], number: int) -> tuple[str, bool]:
    """The rest of its clause, after a number that follows at once too (8类18项法律服务事项), and whether it ends there."""
    last = min(number + LIST, len(inside) - 1)
    while number < last and inside[number].end >= inside[number + 1].start:
        number += 1
    ceiling = inside[number + 1].start - start if number + 1 < len(inside) else len(sentence)
    between = _THIS_IS.sub("", sentence[inside[number].end - start : ceiling])
    parts = _BREAKS.split(_JOINED.sub("、", between), maxsplit=1)
    return parts[0], len(parts) > 1 or ceiling == len(sentence)


def change_in(before: str, quantity: Quantity) -> Change:
    """Whether a number says how much something has changed, and which way; what its sentence is compared with may stand first."""
    if quantity.measure == "倍" and _RATIO.search(before):
        return "ratio"
    if quantity.text.startswith("翻"):
        return "times"
    match = _CHANGE.search(before[-_TAIL:])
    if not match:
        return ""
    relative = quantity.measure in ("%", "百分点", "倍")
    if _EITHER.match(match["word"]):
        return "either"
    if match["word"] not in _PLAINLY and not relative and not AGAINST.search(before):
        return ""
    return "down" if match["word"] in _DOWN else "times" if quantity.measure == "倍" else "up"


def is_turned_round(before: str) -> bool:
    """Whether last year is compared with this: 上年比今年多12件."""
    return _TURNED.search(before[-_TAIL:]) is not None


def weakly_changed(before: str) -> Change:
    """Which way a number changes something, where nothing says against what: 合同审查增加3件次 is no total."""
    match = _CHANGE.search(before[-_TAIL:])
    return "" if not match else "either" if _EITHER.match(match["word"]) else "down" if match["word"] in _DOWN else "up"


def against_year(place: Place) -> int:
    """The year that a change is told against, the one named last; 0 where none is."""
    named = _AGAINST_YEAR.findall(place.since) or _AGAINST_YEAR.findall(place.before)
    return int(named[-1]) if named else 0


def narrowing(near: str, own: str, *, alone: bool) -> str:
    """The words that make of a figure a part, or another thing, which is not asked of the ledgers here: a month, 其中, 听证."""
    for pattern, text in (
        (_PERIOD, WHOLE_YEAR.sub("全年", near)),
        (_RANGES, near),
        (_DEEDS, near.partition("|")[0]),
        (_NOT_DONE, near),
    ):
        for match in pattern.finditer(text):
            if match[0] not in own and not (match[0] == "其中" and alone):
                return match[0]
    return ""


def is_of_another_topic(far: str) -> bool:
    """Whether a sentence tells of what no ledger here does: 反诈知识播报，开展集中宣传6场次."""
    return _TOPICS.search(far) is not None


def period_in(before: str) -> str:
    """The part of the year that a sentence has named and not left again: 一季度调解30件，化解率100%."""
    before = WHOLE_YEAR.sub("全年", before)
    said = list(_PERIOD.finditer(before))
    return said[-1][0] if said and not _WHOLE_YEAR.search(before, said[-1].end()) else ""


def year_of(before: str, since: str, year: int) -> tuple[int, bool]:
    """The year that a number speaks of, 0 where none is named, and whether those after it speak of it too.

    `since` is what stands between the number before and this one.
    """
    since = _OF_YEAR.sub("", since)
    if said := list(_SAID.finditer(since)):
        return int(said[-1][1]), True
    if just := _JUST_YEAR.search(before):
        is_aside = "（" in before[before.rfind("）") + 1 :]
        return int(just[1]), not is_aside and not _COMPARED.search(before[-12:])
    if _THIS_YEAR.search(since):
        return year, True
    if _JUST_LAST.search(before) or (_FROM.search(since) and not _YEAR.search(since)):
        return year - 1, False
    if _LAST_YEAR.search(since) and not AGAINST.search(since):
        return year - 1, True
    named = [int(one) for one in _YEAR.findall(since)]
    return (named[-1], True) if named and not _COMPARED.search(since) else (0, False)


def outside_brackets(sentence: str, start: int, inside: Sequence[Quantity], number: int, since: int = 0) -> list[bool]:
    """Of each of those `inside` from `since` up to that number, whether it stands in no brackets closed by now: 45件（其中重大10件），较上年…."""
    at = inside[number].start - start
    low = max(0, at - FAR)
    closed = [
        (low + match.start(), low + match.end()) for match in re.finditer(r"[（(][^（()）]*[）)]", sentence[low:at])
    ]
    return [not any(left < one.start - start < right for left, right in closed) for one in inside[since:number]]
