"""Sentences in other words than the report's, filled with a town's figures: where each figure stands and what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fazhi import number_words
from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.number_words import digits, floor, half_up, near, over

FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{(?P<name>[\w.]+)(?::(?P<form>[^}]+))?\}")


@dataclass(frozen=True)
class Slot:
    """A figure in a text: its place, the indicator, its form, and what is true of it."""

    start: int
    end: int
    figure: Figure
    form: str
    value: Decimal


@dataclass(frozen=True)
class Sentence:
    """A sentence with its figures, in order; none where no ledger answers for what it says."""

    text: str
    slots: tuple[Slot, ...] = ()


def lines(name: str) -> list[str]:
    """The lines of a file of sentences, without its remarks."""
    content = (FOLDER / name).read_text(encoding="utf-8")
    return [line for line in content.splitlines() if line and not line.startswith("#")]


def sentences(ledgers: Ledgers, name: str = "sentences.txt") -> Iterator[Sentence]:
    """Every sentence that can be said of a town; those with a figure that it has not are left out."""
    for line in lines(name):
        made = filled(line, ledgers)
        if made is not None:
            yield made


def filled(line: str, ledgers: Ledgers) -> Sentence | None:
    """A line with the town's figures in its slots; None where it has not one of them."""
    figures = {figure.indicator.id: figure for figure in ledgers.figures}
    text, at, slots = "", 0, []
    for match in _SLOT.finditer(line):
        figure, form = figures[match["name"]], match["form"] or ""
        value = _value(figure, form, ledgers)
        shown = None if value is None else _shown(value, form, figure)
        if value is None or not shown:
            return None
        text += line[at : match.start()]
        slots.append(Slot(len(text), len(text) + len(shown), figure, form, value))
        text, at = text + shown, match.end()
    return Sentence(text + line[at:], tuple(slots))


def _value(figure: Figure, form: str, ledgers: Ledgers) -> Decimal | None:
    now, before = figure.value, figure.previous
    if form.startswith("占比"):
        whole = next(one.value for one in ledgers.figures if one.indicator.id == form[2:])
        return now / whole * 100 if now and whole else None
    if form == "万上年":
        return before
    if form[:1] == "和":
        other = next(one.value for one in ledgers.figures if one.indicator.id == form[1:])
        return None if now is None or other is None else now + other
    if form[:1] == "期":
        number, of = map(int, form[1:].split("/"))
        return ledgers.parts(figure, {}, (12 * (number - 1) // of + 1, 12 * number // of))
    if form[:1] == "比":
        return None if now is None else now * _scale(figure) / int(form[1:]) * 100
    if form[:1] in ("占", "中"):
        columns = ledgers.values[figure.indicator.ledger]
        if form[1:] not in columns:
            return None
        part = ledgers.parts(figure, {columns[form[1:]]: form[1:]})
        return part if form[0] == "中" or not part or not now else part / now * 100
    if form in ("上年", "增幅", "增减", "多少", "至", "点", "倍", "差", "差率"):
        if now is None or before is None:
            return None
        if form in ("增幅", "倍", "差率"):
            return None if not before or now == before else (now / before if form == "倍" else (now / before - 1) * 100)
        difference = now - before
        if form == "至":
            return now * _scale(figure) if difference else None
        return before * _scale(figure) if form == "上年" else difference * _scale(figure) or None
    return None if now is None else now * _scale(figure)


def _scale(figure: Figure) -> int:
    return 100 if figure.indicator.unit == "%" else 1


def _shown(value: Decimal, form: str, figure: Figure) -> str:
    """The value as the form writes it; empty where it cannot."""
    if form == "至":
        return ("增至" if figure.value > (figure.previous or 0) else "降至") + digits(value)
    if form == "成":
        tens = int(value) // 10
        return f"{number_words.ordinal(tens)}成以上" if 6 <= tens <= 9 and value % 10 else ""
    if form == "字数":
        return (
            f"{number_words.ordinal(int(value))}点{'零一二三四五六七八九'[int(value * 10) % 10]}"
            if 30 < value < 100 and value * 10 % 10 >= 1
            else ""
        )
    if form == "余万":
        return digits(value // 100_000 * 10) + "余" if value % 100_000 and value > 1_000_000 else ""
    if form in ("增幅", "增减", "多少", "点"):
        words = {"增幅": ("增长", "下降"), "增减": ("增加", "减少"), "多少": ("多", "少"), "点": ("提高", "下降")}
        up, down = words[form]
        places, unit = (0, "") if form in ("增减", "多少") else (1, "%" if form == "增幅" else "个百分点")
        amount = half_up(abs(value), places)
        return f"{up if value > 0 else down}{digits(amount)}{unit}" if amount else ""
    if form in ("差", "差率"):
        return f"{'-' if value < 0 else ''}{digits(half_up(abs(value), len(form) - 1))}"
    if form == "字":
        return number_words.ordinal(int(value)) if 3 <= value < 100 else ""
    if form == "约":
        return digits(half_up(value / 10_000, 1))
    whole = {"余": floor, "超": over, "近": near}.get(form)
    if whole:
        return whole(value).lstrip("超近")
    if form in ("万", "万上年"):
        return digits(half_up(value / 10_000, 2))
    return digits(half_up(value, 2 if form in ("元", "倍") else 1))
