"""Shares and multiples in words: 百分之三十, 三分之二, 九成八, 近四成, 翻一番."""

import re
from collections.abc import Iterator
from decimal import Decimal

from fazhi.quantities.quantity import BEFORE, LATER, Quantity, approx, kind, step
from fazhi.values.numerals import read_numeral

_CHINESE = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_HUNDREDTHS = re.compile(
    rf"(?P<before>{BEFORE})?(?P<whole>百|千|万|[{_CHINESE}]+)分之(?P<low>\d+(?:\.\d+)?|[{_CHINESE}]+(?:点[{_CHINESE}]+)?)(?P<later>{LATER})?"
)
_TENTHS = re.compile(
    rf"(?:(?P<before>{BEFORE})|(?<=[占达为至到过降升增减有余])|(?<![{_CHINESE}第]))(?P<low>[一二两三四五六七八九\d])成(?P<part>[一二三四五六七八九半])?(?P<after>[余多])?(?P<later>{LATER})?"
    r"(?P<next>.?)"
)
_HALF = re.compile(rf"(?P<before>{BEFORE})?(?:一半|半数)(?P<later>{LATER})?")
_HALVED = re.compile(r"(?:占|达|达到|为|减|少|降|缩短|压缩|省|过|超)了?(?:将近|大约)?$")  # 占一半, 减了一半
_DOUBLED = re.compile(r"翻了?(?P<low>[一两二三])?番")
_WHOLE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}


def spoken(plain: str) -> Iterator[Quantity]:
    """The shares and multiples that `plain` says in words; shares in percent."""
    yield from _fractions(plain)
    yield from _tenths(plain)
    for match in _HALF.finditer(plain):
        if approx(match) or _HALVED.search(plain, max(0, match.start() - 4), match.start()):
            yield _percent(match, plain, match.end(), Decimal(50), Decimal(10))
    for match in _DOUBLED.finditer(plain):
        times = 2 ** int(read_numeral((match["low"] or "一").replace("两", "二"), alone=True) or 1)
        yield Quantity(
            match.start(), match.end(), match[0], Decimal(times - 1), "倍", Decimal(1), kind=kind(plain, match)
        )


def _fractions(plain: str) -> Iterator[Quantity]:
    for match in _HUNDREDTHS.finditer(plain):
        whole = _WHOLE.get(match["whole"]) or read_numeral(match["whole"], alone=True)
        part = _WHOLE.get(match["low"]) or read_numeral(match["low"], alone=True)
        if part is not None and whole:
            worth = step(match["low"]) * 100 / whole if whole >= 100 else Decimal(1)
            yield _percent(match, plain, match.end(), part * 100 / whole, worth)


def _tenths(plain: str) -> Iterator[Quantity]:
    """九成八 is 98 %; 成 is a share where a doubt, a verb or the end of a clause says so: 三成立 is none."""
    for match in _TENTHS.finditer(plain):
        said = (
            match["before"]
            or match["after"]
            or match["later"]
            or match["part"]
            or plain[: match.start()].endswith(tuple("占达为至到过降升增减余"))
        )
        if (not said and match["next"] not in "，。；、,;的是") or match["next"] in tuple("立果员本绩功效"):
            continue
        low = read_numeral(match["low"].replace("两", "二"), alone=True) or Decimal(0)
        part = Decimal(5) if match["part"] == "半" else read_numeral(match["part"] or "零", alone=True) or Decimal(0)
        end = match.end() - len(match["next"])
        yield _percent(match, plain, end, low * 10 + part, Decimal(1 if match["part"] else 10))


def _percent(match: re.Match[str], plain: str, end: int, value: Decimal, worth: Decimal) -> Quantity:
    text = plain[match.start() : end]
    return Quantity(match.start(), end, text, value, "%", worth, approx(match), kind=kind(plain, match))
