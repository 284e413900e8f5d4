"""Every quantity of a text in order, by one grammar; what is written with digits and is none stays out."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fazhi.quantities.quantity import AFTER, BEFORE, LATER, SCALES, Quantity, approx, kind, step
from fazhi.quantities.spoken import spoken
from fazhi.values.counts import MEASURE_WORDS
from fazhi.values.numerals import read_numeral, unify

_MORE_MEASURES = (
    "元 块钱 % ‰ 个百分点 百分点 倍 个小时 小时 学时 个工作日 工作日 天 个月 分钟 公里 千米 平方米 平方公里 亩 公顷 吨 公斤 余项 人 对 家次 户次 人次 场次"
    " 箱 桶 瓶 桌 席 床 扇 幢 艘 架 顶 双 副 串 捆 颗 粒 枝 头 匹 口 尊 首 集 米 千米 厘米 毫米 斤 千克 克 升 毫升 立方 平方 千瓦时 字 秒 航次 架次 班次 车次"
    " 次数 门 ㎡ 立方米 美元 港元 人民币 大类 类 大项 小项 级 网格 片 棵 株 份次 起次 宗次 名次 例次 架次 处次 件次 个次 台次 趟 遍 回 番 分 层次 路 样 款 则 幕 首 部次"
)
MEASURES = sorted(
    {*MEASURE_WORDS, *_MORE_MEASURES.split()} - {"单", "通", "把", "村", "路", "届"}, key=len, reverse=True
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    ord("﹪"): ord("%"),
    ord("−"): ord("-"),
    ord("–"): ord("-"),
    ord("—"): ord("-"),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2015, 0xFE63), ord("-")),
    ord("～"): ord("~"),
}
_CHINESE = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_MIXED = r"\d+亿\d+千?万|(?:\d+亿)?\d+万\d+千(?:\d+百)?|\d+千\d+百"  # 3万8千
_NUMBER = (
    rf"{_MIXED}|(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+(?:\.\d+)?)(?:\s?[百千]?[万亿]|\s?[百千](?![米克瓦])|[wW])?"
    rf"|[{_CHINESE}]+(?:点[{_CHINESE}]+[万亿]?)?"
)
_MEASURE = "|".join(
    [
        *map(re.escape, MEASURES),
        "单(?![位元独个项一纯行日周])",
        "周(?![岁年边末])",
        "晚(?![上间])",
        "[把讲](?=[,，、。;；)）]|$)",
        "通(?![过知报告信道])",
        "道(?=程序|工序|关口?|防线|环节|门槛|流程|题|[,，、。;；)）]|$)",
    ]
)
_QUANTITY = re.compile(
    rf"(?:(?P<before>{BEFORE})\s?)?(?P<sign>负|-(?=\d+(?:\.\d+)?[%个]))?(?P<from>(?<=[由从]))?(?P<low>(?<!\d){_NUMBER})(?:%(?=[-~])|(?(from)(?!)|%(?=[至到])))?(?:(?:-|~|至|到)(?P<high>{_NUMBER}))?"
    rf"(?P<after>{AFTER})?(?P<scale>[万亿])?(?P<after2>{AFTER})?\s?(?P<measure>{_MEASURE})(?P<times>\((?:人?次)\)|(?<=[人家户件场台起])/次)?(?P<later>{LATER})?"
)
# Stretches in which no number is a figure of the report.
_NAMES = re.compile(
    r"《[^《》]*》|“[^“”]{0,40}\+[^“”]{0,40}”|“[^“”]{0,12}”|‘[^‘’]{0,12}’|「[^「」]{0,12}」|\"[^\"]{0,12}\""
    r"|[〔\[(]\d{4}[〕\])]\s?第?\s?\d+\s?号|\d+号(?:令|文|楼|院|线)?|第[\d零一二三四五六七八九十百、至-]+[^\s,，。;；]?"
    r"|\d{2,4}年度?|\d{1,2}月份?(?:\d{1,2}[日号])?|\d{1,2}[日号](?!\w*[次场])|\d{1,2}:\d{2}|\d{1,2}时\d{1,2}分"
    r"|\d{1,2}点(?:\d{1,2}分|半|钟|整)|(?:早上?|[上中下]午|晚上?|凌晨)\d{1,2}点|8小时(?:之|以)?外|[一二三四五六七八九十\d]+个(?:一批|一律|(?=100%|百分之百))"
    r"|(?:排名?|[位名]列|居|进入|跻身)[^,，。;；\d]{0,6}前(?:\d+|[一二三四五六七八九十]+)[名位强]"
    r"|\d+(?:栋|幢|单元|室|楼)|[零一二三四五六七八九十百]+(?:大|届)[^,，。;；]{0,3}[零一二三四五六七八九十]+(?:中全会|次会议)"
    r"|每?[十百千](?:件|个|起|户|人|名|家|次)[^,，。;；\d]{0,4}(?:里头|里面|里边|当中)"
    r"|\d+(?:分钟|小时|公里)[^,。;:、\d]{0,10}圈|(?:7[x×*])?24小时(?:值|不|在线|服务|热线|待命|自助|全天|响应)"
    r"|十[一二三四五六七八九]?大|(?<![\w.])[\w.]{1,64}@[\w.]{1,64}|1[3-9]\d{9}|\d{7,}(?![\d.,]*[余多]?[万亿]?(?:元|人|件))"
)
_COUNTING = re.compile(
    r"(?:召开|开展|举办|组织|举行|化解|调解|调处|审查|审核|办理|办结|受理|查处|培训|发放|建成|创建|评选|收到|排查|检查|整改|新增|共|计|达|完成"
    r"|参加|开|审|各|有|设|建|查|处|发|派|解决|纠正|提出|出具|评查|宣讲|讲|了|为|至|到|的|，|、|：|\(|\)|;|,|:|。|^)$"
)
# Before a number that counts nothing: 第3, V2, 1+2, 2万9千; a word of Latin letters (下载APP1.7万人) may stand there.
_UNCOUNTED = re.compile(r"[\d.第×]$|(?<![A-Za-z])[A-Za-z]{1,2}$|[\dA-Za-z”\"]\+$|\d[百千万亿]$")
_KINDS = re.compile("类别|大类|门类|种类")
_SHORT = {"个百分点": "百分点", "人民币": "元", "块钱": "元", "㎡": "平方米", "大类": "类", "大项": "项", "小项": "项"}
_VAGUE = {
    word: Decimal(value)
    for value, word in (
        (10, "十"),
        (100, "百"),
        (1000, "千"),
        (10**4, "万"),
        (10**5, "十万"),
        (10**6, "百万"),
        (10**7, "千万"),
        (10**8, "亿"),
    )
}  # 百余件, 数十次
_NAMING = set("级类分样回番路对人门头口字首双副架顶米集")  # with small Chinese numerals they name: 两头, 一口, 三首
_PURE = {"名", "户", "宗", "份", "人次", "场次", "件次", "家次", "户次"}  # measures that begin no name: 两名干部


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of `text`, in order; none overlap."""
    plain = text.translate(_WIDE)
    names = [match.span() for match in _NAMES.finditer(plain)]
    ends = [end for _, end in names]  # names do not overlap
    found: list[Quantity] = []
    for quantity in sorted([*spoken(plain), *_measured(plain)], key=lambda one: (one.start, -one.end)):
        next_name = bisect_right(ends, quantity.start)
        in_name = next_name < len(names) and names[next_name][0] < quantity.end
        if not in_name and (not found or quantity.start >= found[-1].end):
            found.append(replace(quantity, text=text[quantity.start : quantity.end]))
    return found


def _measured(plain: str) -> Iterator[Quantity]:
    at = 0
    while match := _QUANTITY.search(plain, at):
        quantity = _read(plain, match)
        at = match.end() if quantity else match.start() + 1
        if quantity:
            yield quantity


def _read(plain: str, match: re.Match[str]) -> Quantity | None:
    at = match.start("low")
    if _UNCOUNTED.search(plain[max(0, at - 4) : at]):
        return None
    written = unify(match["low"].replace(" ", ""))
    low, high = read_numeral(written, alone=False), None
    if written in _VAGUE and (match["before"] or match["after"]):
        low = _VAGUE[written]
    elif not written[0].isdigit() and (low is None or not _counts(plain, low, match)):
        return None
    if match["high"]:
        high = read_numeral(match["high"].replace(" ", ""), alone=False)
    if low is None or (match["high"] and high is None):
        return None
    scale = SCALES.get(match["scale"] or "", Decimal(1))
    if match["high"] and written[-1].isdigit():
        low *= SCALES.get(match["high"][-1], Decimal(1))
    measure = _SHORT.get(match["measure"], match["measure"])
    if measure == "块" and written[-1] in SCALES:  # 罚款3.2万块
        measure = "元"
    if measure == "个" and _KINDS.match(plain, match.end()):
        measure = "类"  # 5个类别
    if match["times"] and not measure.endswith("次"):
        measure += "次"  # 3场（次）
    return Quantity(
        match.start(), match.end(), match[0], low * scale * (-1 if match["sign"] else 1), measure, step(written) * scale,
        approx(match), None if high is None else high * scale, kind(plain, match),
    )  # fmt: skip


def _counts(plain: str, value: Decimal, match: re.Match[str]) -> bool:
    """Whether Chinese numerals count something: 召开会议三次 does, 三项制度, 一体化 and 两级 name something."""
    before, after = plain[max(0, match.start("low") - 3) : match.start("low")], plain[match.end() : match.end() + 1]
    if before[-1:] in tuple(_CHINESE):  # 两三次, 三五个
        return False
    if value > 1 and match["measure"] in _PURE and after not in "单额":
        return True
    if value == 1 and match["measure"] == "批":  # several
        return False
    if value == 1 and match["measure"] == "起":  # together
        return before.endswith(("纠纷", "案件", "事件", "事故"))
    if match["measure"] in _NAMING:
        return value >= 20
    if value >= 20 and not set(match["low"]) <= set("百千万亿十"):
        return True
    ends = not after or after in "，。；、,;.:：)）余"
    return (
        bool(ends and before)
        or (value > 2 and bool(_COUNTING.search(before)) and after not in "制化")
        or (
            value == 2
            and match["measure"] in ("期", "次", "场", "轮", "批次")
            and before.endswith(("举办", "召开", "开展", "组织"))
        )
    )
