"""The quantities that a Chinese text states: 125件, ６０余场次, 2.95万元, 八成, 百分之三十, 3至5次, 100%.

What is written with digits and is no quantity stays out: dates, document numbers, ordinals and sessions, articles of law,
addresses, telephone numbers, names in quotes or book marks, headings' numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from fazhi.values.counts import MEASURE_WORDS
from fazhi.values.numerals import read_numeral

Kind = Literal["actual", "norm_or_plan"]

_MORE_MEASURES = (
    "元 % ‰ 个百分点 百分点 成 倍 小时 学时 天 个月 分钟 公里 千米 平方米 平方公里 亩 公顷 吨 公斤 余项 人 对 家次 户次 人次 场次"
    " 次数 门 类 级 网格 片 棵 株 份次 起次 宗次 名次 例次 处次 件次 个次 台次 趟 遍 回 番 分 层次 路 样 款 则 幕 首 部次"
)
MEASURES = sorted(
    {*MEASURE_WORDS, *_MORE_MEASURES.split()} - {"单", "通", "把", "村", "路", "页", "届"}, key=len, reverse=True
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    ord("﹪"): ord("%"),
    ord("−"): ord("-"),
    ord("–"): ord("-"),
    ord("—"): ord("-"),
    ord("～"): ord("~"),
}
_CHINESE = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?[百千]?[万亿]|\s?[百千])?|[{_CHINESE}]+(?:点[{_CHINESE}]+[万亿]?)?"
_BEFORE = "超过|突破|高达|多达|不足|不到|接近|将近|大约|约为|超|近|逾|约"
_AFTER = "余|多|来"
_LATER = "左右|上下|以上|以下|以内"
_MEASURE = "|".join(map(re.escape, MEASURES))
_QUANTITY = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<sign>负|-(?=\d+(?:\.\d+)?[%个]))?(?P<low>{_NUMBER})(?:(?:-|~|至|到)(?P<high>{_NUMBER}))?"
    rf"(?P<after>{_AFTER})?(?P<scale>[万亿])?(?P<after2>{_AFTER})?\s?(?P<measure>{_MEASURE})(?P<later>{_LATER})?"
)
_HUNDREDTHS = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<whole>百|千|万|[{_CHINESE}]+)分之(?P<low>\d+(?:\.\d+)?|[{_CHINESE}]+(?:点[{_CHINESE}]+)?)(?P<later>{_LATER})?"
)
# Stretches in which no number is a figure of the report.
_NAMES = re.compile(
    r"《[^《》]*》|“[^“”]{0,12}”|‘[^‘’]{0,12}’|「[^「」]{0,12}」|\"[^\"]{0,12}\""
    r"|[〔\[(]\d{4}[〕\])]\s?第?\s?\d+\s?号|\d+号(?:令|文|楼|院|线)?|第[\d零一二三四五六七八九十百、至-]+[^\s，。；]?"
    r"|\d{2,4}年度?|\d{1,2}月份?(?:\d{1,2}[日号])?|\d{1,2}[日号](?!\w*[次场])|\d{1,2}:\d{2}|\d{1,2}时\d{1,2}分"
    r"|\d+(?:栋|幢|单元|室|楼)|[零一二三四五六七八九十百]+(?:大|届)[^，。；]{0,3}[零一二三四五六七八九十]+(?:中全会|次会议)"
    r"|十[一二三四五六七八九]?大|[\w.]+@[\w.]+|1[3-9]\d{9}|\d{7,}(?![\d.,]*[余多]?[万亿]?(?:元|人|件))"
)
_COUNTING = re.compile(
    r"(?:召开|开展|举办|组织|举行|化解|调解|调处|审查|审核|办理|办结|受理|查处|培训|发放|建成|创建|评选|收到|排查|检查|整改|新增|共|计|达|完成"
    r"|参加|开|审|各|有|设|建|查|处|发|派|解决|纠正|提出|出具|评查|宣讲|讲|了|为|至|到|的|，|、|：|\(|\)|;|,|:|。|^)$"
)
_NORM = re.compile(
    r"(?:每(?:半)?(?:[一两二三四五六\d]+个?)?(?:季度?|年|月|周|天|日|人每年)(?=[^\d]*$)|计划|拟(?!定)|力争|目标|不少于|不低于|不得少于|至少|确保|争取|预计|下一?年"
    r"|明年|将(?:在|组织|开展|举办|召开|完成|建)|应当|须)[^，。；、]*$"
)
_DONE = re.compile(r"(?:已|完成|实际|累计)[^，。；]*$")


@dataclass(frozen=True)
class Quantity:
    """One quantity of a text.

    `start` and `end` are places in the text, `value` is the number with its scale (2.95万 is 29500; 30% is 30), `high` the
    upper end of a range, `step` what one of its last written digit is worth, `approx` the words of doubt around it.
    """

    start: int
    end: int
    text: str
    value: Decimal
    measure: str
    step: Decimal
    approx: str = ""
    high: Decimal | None = None
    kind: Kind = "actual"


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of `text`, in order; none overlap."""
    plain = text.translate(_WIDE)
    names = [match.span() for match in _NAMES.finditer(plain)]
    found: list[Quantity] = []
    for quantity in sorted([*_fractions(plain), *_measured(plain)], key=lambda one: (one.start, -one.end)):
        inside_name = any(start <= quantity.start < end or start < quantity.end <= end for start, end in names)
        if not inside_name and (not found or quantity.start >= found[-1].end):
            found.append(replace(quantity, text=text[quantity.start : quantity.end]))
    return found


def _fractions(plain: str) -> Iterator[Quantity]:
    """百分之三十 as 30 %, 三分之二 as 66.7 %."""
    for match in _HUNDREDTHS.finditer(plain):
        whole = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}.get(match["whole"])
        whole = whole or read_numeral(match["whole"], alone=True)
        part = read_numeral(match["low"], alone=True)
        if part is None or not whole:
            continue
        step = _step(match["low"]) * 100 / whole if whole >= 100 else Decimal(1)
        yield Quantity(
            match.start(),
            match.end(),
            match[0],
            part * 100 / whole,
            "%",
            step,
            _approx(match),
            kind=_kind(plain, match),
        )


def _measured(plain: str) -> Iterator[Quantity]:
    at = 0
    while match := _QUANTITY.search(plain, at):
        quantity = _read(plain, match)
        at = match.end() if quantity else match.start() + 1
        if quantity:
            yield quantity


def _read(plain: str, match: re.Match[str]) -> Quantity | None:
    written, before = match["low"].replace(" ", ""), plain[: match.start("low")]
    if (
        before[-1:].isdigit()
        or before.endswith((".", "第", "+", "×"))
        or (before[-1:].isascii() and before[-1:].isalpha())
    ):
        return None
    low, high = read_numeral(written, alone=False), None
    if match["high"]:
        high = read_numeral(match["high"].replace(" ", ""), alone=False)
    if low is None or (match["high"] and high is None):
        return None
    if not written[0].isdigit() and not _counts(before, low, match, plain):
        return None
    scale = {"万": Decimal(10**4), "亿": Decimal(10**8)}.get(match["scale"] or "", Decimal(1))
    if match["high"] and match["high"][-1] in "万亿" and written[-1].isdigit():
        low *= {"万": 10**4, "亿": 10**8}[match["high"][-1]]
    sign = -1 if match["sign"] else 1
    measure = match["measure"]
    value, step = low * scale * sign, _step(written) * scale
    if measure == "成":
        value, step, measure = value * 10, step * 10, "%"
    return Quantity(
        match.start(), match.end(), match[0], value, measure.removeprefix("个") if "百分点" in measure else measure, step,
        _approx(match), None if high is None else high * scale, _kind(plain, match),
    )  # fmt: skip


def _counts(before: str, value: Decimal, match: re.Match[str], plain: str) -> bool:
    """Whether Chinese numerals count something: 召开会议三次 does, 三项制度, 一体化 and 两级 name something."""
    after = plain[match.end() : match.end() + 1]
    if match["measure"] in ("级", "类", "成", "分", "样", "回", "番", "路", "对", "人", "门"):
        return value >= 20 or (match["measure"] == "成" and after in "，。；、,;以的左")
    if value >= 20 and not set(match["low"]) <= set("百千万亿十"):
        return True
    ends = not after or after in "，。；、,;.:：)）余"
    return bool(ends and before) or (value > 2 and bool(_COUNTING.search(before[-3:])) and after not in "制化")


def _approx(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return "".join(groups.get(name) or "" for name in ("before", "after", "after2", "later"))


def _step(written: str) -> Decimal:
    """What one of the last digit written is worth: 0.01 of 2.95, 10000 of 3万, 1 of 125."""
    digits = written.replace(",", "")
    scale = Decimal(1)
    for char, worth in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100)):
        if digits[:1].isdigit() and digits.endswith(char):
            digits, scale = digits[:-1], scale * worth
    if "." in digits:
        return scale * Decimal(1).scaleb(-len(digits.partition(".")[2]))
    return scale


def _kind(plain: str, match: re.Match[str]) -> Kind:
    """Whether what is said before it makes a quantity a norm or a plan, not a result."""
    sentence = plain[max(0, match.start() - 40) : match.start()]
    clause = re.split(r"[。；;\n]", sentence)[-1]
    if match.groupdict().get("before") in ("不足", "不到"):
        return "actual"
    return "norm_or_plan" if _NORM.search(clause) and not _DONE.search(clause.rpartition("，")[2]) else "actual"
