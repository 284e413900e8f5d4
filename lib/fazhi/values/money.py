"""Sums of money to yuan with exactly two decimals, decimal throughout. What is not one certain sum is refused."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from fazhi.intake import ShrunkNumber
from fazhi.values.normalise import normalise
from fazhi.values.numerals import read_numeral, unify
from fazhi.values.parsed import (
    SHRUNK,
    Parsed,
    Refused,
    attempt,
    is_nothing,
    is_stroke,
    joined,
    number_cell,
    refuse_dotted_thousands,
    single,
    why_no_number,
)

_FEN = Decimal("0.01")
_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)  # the digits Excel keeps
_LARGEST = 10**12  # no town signs for a trillion yuan; identity numbers in the wrong column are larger
UNITS = {
    "元": 1,
    "百元": 10**2,
    "千元": 10**3,
    "万元": 10**4,
    "十万元": 10**5,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
}

_NO_SUM = frozenset(
    {"无金额", "不涉及金额", "未涉及金额", "无涉及金额", "不涉及资金", "无协议金额", "无赔偿", "无罚款", "未罚款"}
)
_OTHER_CURRENCY = re.compile(r"[$€£₩]|美元|美金|港[元币]|欧元|日元|英镑|澳元|台币|usd|hkd|eur|jpy")
_SPELLINGS = (
    (re.compile(r"(?:\((?:人民币|rmb|cny|¥)\)|人民币|rmb|cny|¥):?"), "¥"),
    (re.compile(r"(?:\((?:大写|小写)\)|(?:大写|小写)(?:金额)?):?"), ""),
    (re.compile(r"\((?:内?含|包[括含])[^()0-9零一二三四五六七八九十]*\)$"), ""),
    (
        re.compile(
            r"^(?:一次性)?(?:赔偿?|补偿|支付|赔付|给付|付|罚|退还?|归还|偿还|返还)(?:款|金额?)?(?:(?:共|合|总)计|共)?:?(?=[¥0-9零一二三四五六七八九十])"
        ),
        "",
    ),
    (re.compile(r"^(?:金额:|共计:?|合计:?|共)(?=[¥0-9零一二三四五六七八九十])"), ""),
    (re.compile(r"\(([十百千万亿]*元)\)$"), r"\1"),
    (re.compile(r"[圆圓]|块钱|[块塊]"), "元"),
    (re.compile(r"毛"), "角"),
    (re.compile(r"(?<=[0-9])[。·](?=[0-9])"), "."),
    (re.compile(r"[。.,;、]+$"), ""),
)
_BOTH_WAYS = re.compile(r"(.+?)\((.+)\)|(.+?)[,;:/]?(¥.+)")
_COINS = re.compile(
    r"(?:(?P<yuan>.+)元)?(?:零?(?P<jiao>[0-9零一二三四五六七八九])角)?(?:零?(?P<fen>[0-9零一二三四五六七八九])分)?"
)
_WHOLE_YUAN = re.compile(r"[0-9]{1,12}")  # less than `_LARGEST`
_PERIODIC = re.compile(r"每|/[年月日季]|年租|月租|按[年月季]")


def parse_money(cell: Any, *, unit: str = "元") -> Parsed[Decimal]:
    """Read an amount of money.

    Parameters
    ----------
    cell
        The cell as it was read. A number is taken at Excel's 15 digits and rounded half up to the fen.
    unit
        A key of UNITS: the header's or the table's, for cells that name none.

    Returns
    -------
    Parsed[Decimal]
        Yuan with two decimals (None for an empty cell), or a `problem`, in Chinese. Text finer than a fen is one: no hand
        writes it on purpose.
    """
    scale = UNITS[unit]
    plain = str(cell) if cell.__class__ is int else cell
    if scale == 1 and plain.__class__ is str and _WHOLE_YUAN.fullmatch(plain):  # nearly every cell
        return Parsed(Decimal(f"{plain}.00"))
    return attempt(lambda: _money(cell, scale))


def _money(cell: Any, scale: int) -> Decimal | None:
    number = None if cell is None else number_cell(cell, "金额")
    if isinstance(cell, ShrunkNumber) and scale == 1:
        raise Refused(SHRUNK)
    if number is not None:
        return _yuan(number * scale)
    text = "" if cell is None else single(cell).lower()
    if is_nothing(text) or text in _NO_SUM:
        return None
    text = joined(text)
    if _OTHER_CURRENCY.search(text):
        raise Refused("不是人民币")
    if _PERIODIC.search(text):
        raise Refused("按期支付，总额不能确定")
    for pattern, replacement in _SPELLINGS:
        text = pattern.sub(replacement, text)
    return None if is_stroke(text.strip("¥")) else _one_sum(text, scale)  # "¥ -": nothing, in Excel's accounting format


def _one_sum(text: str, scale: int) -> Decimal:
    """The sum, which may stand there twice: 叁万伍仟元整(¥35,000.00). The two must agree."""
    twice = _BOTH_WAYS.fullmatch(text)
    if not twice:
        return _amount(text, scale)
    once, again = (_amount(part, scale) for part in twice.groups() if part is not None)
    if once != again:
        raise Refused("两种写法的金额不一致")
    return once


def _amount(text: str, scale: int) -> Decimal:
    bare = re.sub(r"(?<=[元角分万千百十0-9零一二三四五六七八九])[整正]$", "", unify(text.strip("¥")))
    coins = _COINS.fullmatch(bare)
    value = _in_coins(coins) if coins and any(coins.groups()) else _without_unit(bare, scale, signed="¥" in text)
    if value is None:
        raise Refused(why_no_number(bare))
    if scale == 1 or "元" in bare:
        refuse_dotted_thousands(bare.rstrip("元"))
    return _fen_exact(value)


def _in_coins(coins: re.Match[str]) -> Decimal | None:
    """元, 角 and 分, each where it is written."""
    yuan = read_numeral(coins["yuan"], alone=False) if coins["yuan"] else Decimal(0)
    if yuan is None or ((coins["jiao"] or coins["fen"]) and yuan != yuan.to_integral_value()):
        return None
    jiao, fen = (read_numeral(coins[name] or "0", alone=False) or Decimal(0) for name in ("jiao", "fen"))
    return yuan + jiao / 10 + fen / 100


def _without_unit(text: str, scale: int, signed: bool) -> Decimal | None:
    """A sum without 元. 万 and 亿 are units of money; 3千 or ¥3.5 under a header in 万元 could mean either."""
    value = read_numeral(text, alone=True)
    if value is None or scale == 1 or "万" in text or "亿" in text:
        return value
    if signed or "千" in text or "百" in text:
        raise Refused("单位与表头不一致，不能确定")
    return value * scale


def _fen_exact(value: Decimal) -> Decimal:
    shown = _SHOWN.plus(value)  # drops the noise of a float saved as text: 0.30000000000000004
    if shown != shown.quantize(_FEN):
        raise Refused("金额写到了分以下")
    return _yuan(shown)


def _yuan(value: Decimal) -> Decimal:
    if value < 0:
        raise Refused("是负数")
    if value >= _LARGEST:
        raise Refused("金额过大，不像真实金额")
    return value.quantize(_FEN, rounding=ROUND_HALF_UP)


_UNIT_SPELLING = str.maketrans("仟佰拾萬億圆圓", "千百十万亿元元")
_LABELLED = re.compile(r"单位\s*[:∶]?\s*([^\s()\[\]【】〔〕:∶]+)")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]+)[)\]】〕]")
_TRAILING = re.compile(r"(?:[\s/:_-]|(?<=[额款费值价]))((?:[十百千]?万|千|百|亿)?元)$")


def money_unit(title_or_line: str) -> str | None:
    """The unit (a key of UNITS) that a column's title or a line above the table names. None: it names none, or two."""
    text = re.sub(r"人民币|RMB|CNY|¥|币种\s*[:∶]", " ", normalise(title_or_line)).translate(_UNIT_SPELLING)
    spots = [*_LABELLED.findall(text), *_BRACKETED.findall(text), *_TRAILING.findall(text)]
    words = (word for spot in spots for word in re.split(r"[、,;/和及\s:∶]", spot))
    units = {word if word.endswith("元") else f"{word}元" for word in words if word} & UNITS.keys()
    return units.pop() if len(units) == 1 else None
