"""How an office hand writes a value: every spelling here reads back to one value by the shared README's rules."""

import random
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from .world import Town

WIDE = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
DIGITS, CAPITALS = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
WEEKDAYS = "一二三四五六日"
MEASURES = {
    "attendance": ["人", "人次"],
    "participants": ["人"],
    "people": ["人", "人次"],
    "cases": ["件", "件次"],
    "hazards_found": ["个", "处", "条"],
    "hazards_fixed": ["个", "处"],
    "households": ["户", "家次"],
    "leaflets": ["张", "份"],
    "issues_resolved": ["个"],
}
PAIRS = ["是否", "√×", "YN", "已未", "有无", "10"]
PAIRS_HARD = ["yn", "✓✗", "ＹＮ", "１０", "✔✘"]


def small_number(n: int) -> str:
    """1..99 in Chinese numerals."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def numeral_date(d: date, digits: str = DIGITS) -> str:
    return "".join(digits[int(c)] for c in str(d.year)) + f"年{small_number(d.month)}月{small_number(d.day)}日"


def group(n: int, digits: str, units: str) -> str:
    """0..9999 in Chinese numerals, one 零 for any gap inside."""
    text, gap = "", False
    for c, unit in zip(f"{n:04}", units, strict=True):
        if c == "0":
            gap = bool(text)
        else:
            text, gap = text + ("零" if gap else "") + digits[int(c)] + unit.strip(), False
    return text


def numeral(n: int, digits: str = CAPITALS, units: str = "仟佰拾 ") -> str:
    """1..99,999,999 in Chinese numerals, as on a cheque."""
    high, low = divmod(n, 10000)
    if not high:
        return group(low, digits, units)
    gap = "零" if 0 < low < 1000 else ""
    return group(high, digits, units) + "万" + gap + (group(low, digits, units) if low else "")


DATE_FORMS: dict[str, Callable[[date], Any]] = {
    "cell": lambda d: d,
    "iso": lambda d: f"{d}",
    "dotted": lambda d: f"{d.year}.{d.month}.{d.day}",
    "slashed": lambda d: f"{d.year}/{d.month}/{d.day}",
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "digits": lambda d: f"{d:%Y%m%d}",
    "short": lambda d: f"{d.year % 100}.{d.month}.{d.day}",
    "serial": lambda d: (d - date(1899, 12, 30)).days,
    "wide": lambda d: f"{d.year}.{d.month}.{d.day}".translate(WIDE),
    "timed": lambda d: f"{d} 14:30",
    "spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日 ",
    "numerals": numeral_date,
}
DATE_FORMS_HARD: dict[str, Callable[[date], Any]] = {
    "number_digits": lambda d: int(f"{d:%Y%m%d}"),
    "serial_text": lambda d: str((d - date(1899, 12, 30)).days),
    "serial_time": lambda d: (d - date(1899, 12, 30)).days + 0.604,
    "padded": lambda d: f"{d:%Y年%m月%d日}",
    "datetime_cell": lambda d: datetime.combine(d, time(9, 30)),
    "slash_time": lambda d: f"{d.year}/{d.month}/{d.day} 9:05:00",
    "clock": lambda d: f"{d.year}年{d.month}月{d.day}日14时30分",
    "circle": lambda d: numeral_date(d, "○一二三四五六七八九"),
    "zero": lambda d: numeral_date(d, "零一二三四五六七八九"),
    "short_chinese": lambda d: f"{d.year % 100}年{d.month}月{d.day}日",
    "wide_chinese": lambda d: f"{d.year}年{d.month}月{d.day}日".translate(WIDE),
    "loose": lambda d: f" {d.year}. {d.month}. {d.day}",
    "hao": lambda d: f"{d.year}年{d.month}月{d.day}号",
    "tabbed": lambda d: f"\t{d}",
    "weekday": lambda d: f"{d.year}年{d.month}月{d.day}日（星期{WEEKDAYS[d.weekday()]}）",
}


def yearless_is_safe(d: date, year: int, first: date | None) -> bool:
    """Whether the README's rule gives back the year left out: the ledger's, or the next where it lay before `first`."""
    if (d.month, d.day) == (2, 29):
        return False
    read = date(year, d.month, d.day)
    if first is not None and read < first:
        read = date(year + 1, d.month, d.day)
    return read == d


def spell_date(d: date | None, form: str, year: int, first: date | None, rng: random.Random) -> Any:
    """A date in an office's form; 'yearless' only where the README's rule gives the year back."""
    if d is None:
        return rng.choice(["", "", "/", "—"])
    if form in ("yearless", "yearless_numerals"):
        if not yearless_is_safe(d, year, first):
            form = "chinese"
        elif form == "yearless":
            return f"{d.month}月{d.day}日"
        else:
            return f"{small_number(d.month)}月{small_number(d.day)}日"
    return (DATE_FORMS | DATE_FORMS_HARD)[form](d)


def spell_nothing(value: Decimal | None, rng: random.Random, hard: bool) -> Any:
    """No money agreed; a plain 0 only where the value is 0, not missing."""
    forms: list[Any] = ["", "/", "无", "—"] + ["-", "——", "／", " "] * hard
    forms += [0, "0", *["0元", "0.00"] * hard] * (value is not None)
    return rng.choice(forms)


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def capital_jiao(value: Decimal) -> str:
    """Money with 角 as on a cheque; the generator's sums have no 分."""
    return f"{numeral(int(value))}元{CAPITALS[int(value * 10) % 10]}角"


def spell_ten_thousands(value: Decimal, rng: random.Random) -> Any:
    """Money under a heading of 万元: a bare figure is 万元, a figure with its unit keeps it."""
    w = value / 10000
    forms: list[Any] = [float(w), plain(w), plain(w), plain(w) + "万元", plain(value) + "元", plain(w).translate(WIDE)]
    return rng.choice(forms)


def spell_money(value: Decimal | None, ten_thousands: bool, rng: random.Random, hard: bool) -> Any:
    """Yuan as an office writes them."""
    if not value:
        return spell_nothing(value, rng, hard)
    if ten_thousands:
        return spell_ten_thousands(value, rng)
    whole, w = value == int(value), plain(value / 10000)
    forms: list[Any] = [
        float(value) if not whole else int(value),
        plain(value),
        f"{value:,}",
        f"¥{value:,.2f}",
        f"{plain(value)}元",
    ]
    forms += [f"{w}万元", f"{w}万", plain(value).translate(WIDE)]
    if whole:
        forms.append(numeral(int(value)) + "元整")
        forms += [numeral(int(value)) + "圆整", "人民币" + numeral(int(value)) + "元正"] * hard
    if hard:
        forms += [f"{value:,}".replace(",", "，"), f"{w}万元整"] if whole else [capital_jiao(value)]
        forms += [f"￥{plain(value)}", f"人民币{plain(value)}元", f"{value:.2f}", f"{value:,}元", f"{w} 万元"]
        forms += [numeral(int(value), "零" + DIGITS[1:], "千百十 ") + "元", f"{plain(value)}元整"] * whole
    thousands = int(value) // 1000
    if whole and value % 1000 == 0 and thousands > 10 and thousands % 10:
        forms.append(f"{thousands // 10}万{thousands % 10}千元")
    return rng.choice(forms)


def spell_count(value: int, column: str, zero: bool, rng: random.Random, hard: bool) -> Any:
    """A count, with or without its measure word."""
    measure = rng.choice(MEASURES[column])
    forms: list[Any] = [value, value, str(value), f"{value}{measure}", str(value).translate(WIDE)]
    if zero and value == 0:
        forms += ["", ""]
    if hard and value:
        forms += [f"{value:,}{measure}", f"{value} {measure}", float(value), f"{value}{measure}".translate(WIDE)]
        forms.append(numeral(value, "零" + DIGITS[1:], "千百十 ") if value > 19 else small_number(value) + measure)
    return rng.choice(forms)


def spell_number(value: Decimal, column: str, rng: random.Random, hard: bool) -> Any:
    """A score or target."""
    number = int(value) if value == int(value) else float(value)
    forms: list[Any] = [number, plain(value), plain(value).translate(WIDE)]
    return rng.choice(forms + [f"{plain(value)}分"] * (hard and column == "score"))


def spell_village(village: str, town: Town, rng: random.Random, hard: bool) -> str:
    """With or without 村, 村委会, 社区, 居委会 and what lies above it, as long as no other village is meant."""
    end = next(e for e in ("居委会", "社区", "村") if village.endswith(e))
    stem = village.removesuffix(end)
    twins = sum(v.removesuffix("居委会").removesuffix("社区").removesuffix("村") == stem for v in town.villages) > 1
    forms = [village, village, town.name + village, village + ("委会" if end == "村" else " ")]
    forms += [stem, town.name + stem] * (not twins and stem != town.stem) + [stem] * (not twins)
    if hard:
        forms += [f"{town.name} {village}", town.district + town.name + village, village + "  ", f"{stem} {end}"]
        forms += {"村": [stem + "村村委会", stem + "村民委员会"], "社区": [stem + "社区居委会"], "居委会": []}[end]
        forms += [stem + "居委会"] * (end == "社区") + [stem + "社区"] * (end == "居委会")
    return rng.choice(forms)


def spell_office(office: str, town: Town, rng: random.Random, hard: bool) -> str:
    """The office, or a spelling that can mean no other office of the town."""
    forms = [office] * 6
    if hard:
        forms += [town.name + office, office + " "]
        forms += [office + "公室"] * office.endswith("办") + [office.removesuffix("公室")] * office.endswith("办公室")
    return rng.choice(forms)


def spell_word(column_id: str, word: str, synonyms: list[str], rng: random.Random, hard: bool) -> str:
    """A closed word, its synonym, or a spelling variant of either."""
    forms = [word, word, *synonyms, word + " "]
    if column_id in ("disputes.category", "consultations.topic"):
        forms += [word.removesuffix("纠纷") if word.endswith("纠纷") else word + "纠纷"]
        forms += [w + "纠纷" for w in synonyms if not w.endswith("纠纷")] * hard
    if hard:
        forms += [
            " " + word,
            word.replace("(", "（").replace(")", "）"),
            word + "。",
            f"{word[:2]} {word[2:]}",
            f"“{word}”",
            f"\u200b{word}",
            f"{word}\u00a0",
        ]
        forms += [w.translate(WIDE) for w in synonyms if not w.isascii()]
    return rng.choice(forms)


def spell_name(name: str, rng: random.Random) -> str:
    """A person's name; two characters may be spread by a full-width space."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 and rng.random() < 0.3 else name


def spell_names(names: list[str], rng: random.Random) -> str:
    """Names of one cell, in any order."""
    return rng.choice(["、", "、", "，", ","]).join(rng.sample(names, len(names)))


def spell_phone(number: str, rng: random.Random) -> Any:
    """A phone as number, text, or in groups."""
    parts = number[:3], number[3:7], number[7:]
    return rng.choice([int(number), number, "-".join(parts), " ".join(parts)])
