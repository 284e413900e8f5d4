"""A claim held against the ledgers: right, wrong (with what it should be), derived and right, doubtful, or unknown."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from fazhi import number_words
from fazhi.checking.binding.claim import Claim, is_named_well
from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.binding.names import WELL, is_named_in
from fazhi.checking.binding.wordings import wordings
from fazhi.checking.judging.contradictions import contradictions, wholes_as_parts
from fazhi.checking.judging.fitting import fits
from fazhi.checking.judging.judgement import THE_WHOLE, Judgement
from fazhi.checking.judging.ledger_values import as_indicator, as_shown, change_words, named, scaled, value_of
from fazhi.checking.judging.other_things import OtherThings
from fazhi.checking.judging.plans import plan
from fazhi.checking.judging.slips import Slips, is_seldom_by_chance
from fazhi.quantities import Quantity

_TELLING = 20  # a number that is hardly two years' by chance
_CERTAIN = re.compile("级$|季度|月|半年")  # makes another thing of a figure, whatever its value


def judge(claims: Sequence[Claim], ledgers: Ledgers) -> list[Judgement]:
    """A judgement a claim, in order."""
    meant = (as_indicator(claim, ledgers) for claim in claims)
    judged = [(_judge_either if claim.is_either else _judge)(claim, ledgers) for claim in meant]
    slips = Slips(ledgers)
    return wholes_as_parts(OtherThings(slips).judge(contradictions(slips.judge([_doubted(one) for one in judged]))))


def _doubted(one: Judgement) -> Judgement:
    """What is bound only because the draft tells the indicator nowhere else may be another thing."""
    is_doubted = one.verdict == "wrong" and one.claim.is_left_over
    return replace(one, verdict="doubtful", why=f"像{one.why}") if is_doubted else one


def _judge_either(claim: Claim, ledgers: Ledgers) -> Judgement:
    """A figure of 去年 that may be of the reported year or of the one before: right where it is one of them."""
    years = (replace(claim, is_either=False), replace(claim, is_either=False, year=ledgers.year))
    last, this = (_judge(one, ledgers) for one in years)
    is_this = last.verdict == "unknown" or (last.verdict != "right" and this.verdict == "right")
    return this if is_this else last


def _judge(claim: Claim, ledgers: Ledgers) -> Judgement:
    quantity = claim.quantity
    if quantity.kind == "norm_or_plan":
        return plan(claim, ledgers)
    if not claim.figures:
        return Judgement(claim, "unknown", "没有哪一项指标与这句话相近")
    if claim.change:
        return _judge_change(claim, ledgers)
    if len(claim.figures) > 1:
        return _two(claim, ledgers)
    figure = claim.figures[0]
    if claim.year not in (ledgers.year, ledgers.year - 1):
        if claim.year > ledgers.year and (planned := plan(claim, ledgers)).verdict == "doubtful":
            return planned
        if slip := _of_which_year(claim, figure, ledgers):
            return Judgement(claim, "doubtful", slip, indicator=figure.indicator.id)
        return Judgement(claim, "unknown", f"说的是{claim.year}年，没有那一年的台账可对", indicator=figure.indicator.id)
    value = value_of(claim, figure, ledgers)
    if value is None:
        return Judgement(claim, "unknown", f"“{figure.indicator.label}”没有可以核对的数", indicator=figure.indicator.id)
    return _compare(claim, figure, value, ledgers)


def _of_which_year(claim: Claim, figure: Figure, ledgers: Ledgers) -> str:
    """What to say of a figure of another year that is this one's or the last's to the digit; small ones may be both."""
    if (
        claim.year > ledgers.year
        or not is_named_well(claim)
        or claim.where
        or claim.narrowed
        or claim.misfit
        or claim.quantity.value < _TELLING
    ):
        return ""
    for year, value in ((ledgers.year, figure.value), (ledgers.year - 1, figure.previous)):
        if value is not None and figure.indicator.unit != "%" and claim.quantity.value == scaled(value, figure):
            return f"这是{year}年的数，年份是否写错"
    return ""


def _compare(claim: Claim, figure: Figure, value: Decimal, ledgers: Ledgers) -> Judgement:
    name, shown = named(claim, figure, ledgers), as_shown(value, figure)
    details = {"expected": shown, "indicator": figure.indicator.id}
    is_perhaps = claim.sure < WELL and (claim.narrowed or (claim.misfit and not _is_telling(claim)))
    if (
        fits(claim.quantity, scaled(value, figure))
        and not is_perhaps
        and (claim.months or not _CERTAIN.search(claim.narrowed))
    ):
        if claim.misfit:
            return Judgement(claim, "doubtful", f"数与{name}一致，但量词应为“{figure.indicator.unit}”", **details)
        return Judgement(claim, "right", f"{name}为{shown}", **details)
    if claim.where and not claim.months and fits(claim.quantity, scaled(figure.value or Decimal(-1), figure)):
        part = "、".join(claim.where.values())
        return Judgement(
            claim,
            "unknown",
            f"{THE_WHOLE}“{figure.indicator.label}”相同，{part}的是{shown}",
            **details,
        )
    if claim.office and not _is_sole(claim.office, figure, ledgers):
        return _by_office(claim, figure, details)
    if claim.narrowed and not claim.months:
        return Judgement(
            claim, "unknown", f"说的是“{claim.narrowed}”，台账没有这样分的数", indicator=figure.indicator.id
        )
    other = figure.previous if claim.year == ledgers.year else figure.value
    if (
        other is not None
        and not (claim.where or claim.months)
        and fits(claim.quantity, scaled(other, figure))
        and is_named_well(claim)
    ):
        year = ledgers.year - 1 if claim.year == ledgers.year else ledgers.year
        return Judgement(claim, "wrong", f"这是{year}年的数，{name}应为{shown}", **details)
    if not is_named_well(claim) or claim.misfit:
        return Judgement(claim, "unknown", f"可能说的是{name}（{shown}），不能确定", indicator=figure.indicator.id)
    planned = (about for about, target in ledgers.targets if target == claim.quantity.value)
    if any(is_named_in(figure.indicator, about) for about in planned):
        return Judgement(claim, "wrong", f"{name}应为{shown}；所写与计划指标的数相同，是否把计划写成了结果", **details)
    return Judgement(claim, "wrong", f"{name}应为{shown}", **details)


def _is_telling(claim: Claim) -> bool:
    """Whether a value is hardly another thing's by chance: 矛盾纠纷476人次 is, 调解员476名 may be."""
    is_other = wordings().counted.search(claim.around.near)
    return claim.quantity.value >= _TELLING and not (claim.quantity.approx or claim.around.titled or is_other)


def _is_sole(office: str, figure: Figure, ledgers: Ledgers) -> bool:
    """Whether an office alone keeps the ledger: what it has done is all there is."""
    senders = {
        name for one in ledgers.figures if one.indicator.ledger == figure.indicator.ledger for name in one.offices
    }
    return senders == {office}


def _by_office(claim: Claim, figure: Figure, details: dict[str, str]) -> Judgement:
    """The part of a count that one office has reported."""
    name = f"{claim.office}报的“{figure.indicator.label}”"
    if claim.office not in figure.offices or claim.where or claim.narrowed:
        return Judgement(claim, "unknown", f"{name}没有可以核对的数", indicator=figure.indicator.id)
    rows = figure.offices[claim.office]
    if fits(claim.quantity, Decimal(rows)):
        return Judgement(claim, "right", f"{name}为{rows}{figure.indicator.unit}", **details)
    if not is_named_well(claim):
        return Judgement(claim, "unknown", f"可能说的是{name}，不能确定", indicator=figure.indicator.id)
    expected = f"{rows}{figure.indicator.unit}"
    return Judgement(
        claim, "wrong", f"{name}应为{expected}，全镇为{details['expected']}", expected, "", figure.indicator.id
    )


def _two(claim: Claim, ledgers: Ledgers) -> Judgement:
    names = "、".join(
        f"“{figure.indicator.label}”（{as_shown(value, figure)}）"
        for figure in claim.figures[:3]
        if (value := value_of(claim, figure, ledgers)) is not None
    )
    values = {
        scaled(value, figure) for figure in claim.figures if (value := value_of(claim, figure, ledgers)) is not None
    }
    if values and all(fits(claim.quantity, value) for value in values):
        return Judgement(claim, "right", f"与{names}一致", indicator=claim.figures[0].indicator.id)
    if (
        len(values) == len(claim.figures)
        and claim.sure >= 0.8
        and not claim.narrowed
        and not claim.misfit
        and not any(fits(claim.quantity, value) for value in values)
    ):
        return Judgement(claim, "doubtful", f"像{names}，与哪一项都不符")
    return Judgement(claim, "unknown", f"像{names or '几项指标'}，不能确定是哪一项")


def _judge_change(claim: Claim, ledgers: Ledgers) -> Judgement:
    figure, quantity = claim.figures[0], claim.quantity
    indicator = f"{figure.indicator.id}:change"
    if claim.change == "share":
        return _judge_share(claim, ledgers)
    if claim.change == "sum":
        return _judge_sum(claim, ledgers)
    if claim.change == "goal":
        return _judge_goal(claim, ledgers)
    if len(claim.figures) > 1 or claim.narrowed:
        return Judgement(claim, "unknown", "不能确定是哪一项指标的变化", indicator=indicator)
    if claim.where or figure.value is None or figure.previous is None:
        return Judgement(claim, "unknown", f"“{figure.indicator.label}”没有上年数可比", indicator=indicator)
    now, before = figure.value, figure.previous
    change, formula = _changed(quantity, figure, now, before, ratio=claim.change == "ratio")
    if change is None:
        return Judgement(claim, "unknown", "上年为零，没有增幅", indicator=indicator)
    signed = -change if claim.change == "down" else abs(change) if _is_either_way(claim) else change
    right = f"{as_shown(before, figure)} → {as_shown(now, figure)}，{change_words(change, quantity)}"
    if claim.against not in (0, ledgers.year - 1):
        if fits(quantity, signed) and is_named_well(claim):
            why = f"与较{ledgers.year - 1}年的变化相同（{right}），所写的{claim.against}年是否写错"
            return Judgement(claim, "doubtful", why, indicator=indicator)
        return Judgement(claim, "unknown", f"说的是较{claim.against}年，没有那一年的台账可对", indicator=indicator)
    if fits(quantity, signed):
        return Judgement(claim, "derived", right, formula=formula, indicator=indicator)
    if fits(quantity, -signed):
        return Judgement(claim, "wrong", f"方向写反了：{right}", change_words(change, quantity), formula, indicator)
    if figure.indicator.unit == "%" and quantity.measure == "%" and fits(quantity, abs(now - before) * 100):
        return Judgement(claim, "doubtful", f"两个比率相差的是百分点，应写“个百分点”（{right}）", indicator=indicator)
    words = change_words(change, quantity)
    if not is_named_well(claim):
        if is_seldom_by_chance(quantity, abs(change)):
            why = f"像“{figure.indicator.label}”的变化，应为{words}（{right}），是否写错了数字"
            return Judgement(claim, "doubtful", why, words, formula, indicator)
        why = f"可能说的是“{figure.indicator.label}”（{right}），不能确定"
        return Judgement(claim, "unknown", why, indicator=indicator)
    why = f"“{figure.indicator.label}”应为{words}（{as_shown(before, figure)} → {as_shown(now, figure)}）"
    return Judgement(claim, "wrong", why, words, formula, indicator)


def _is_either_way(claim: Claim) -> bool:
    """Whether a change is told without its direction: 变动幅度为18%, but -18% has one."""
    return claim.change == "either" and claim.quantity.value >= 0


def _judge_share(claim: Claim, ledgers: Ledgers) -> Judgement:
    """A part of a count: `figures` are the part and the whole."""
    one, whole = claim.figures
    part, indicator = value_of(claim, one, ledgers), f"{one.indicator.id}:share"
    if part is None or not whole.value:
        return Judgement(claim, "unknown", f"“{whole.indicator.label}”没有可以核对的数", indicator=indicator)
    share, formula = part / whole.value, f"{number_words.digits(part)} ÷ {number_words.digits(whole.value)}"
    name = "、".join(claim.where.values()) or f"“{one.indicator.label}”"
    why = f"{name}占“{whole.indicator.label}”的{number_words.percent(share)}（{formula}）"
    if fits(claim.quantity, share * 100):
        return Judgement(claim, "derived", why, formula=formula, indicator=indicator)
    if claim.sure < WELL:
        return Judgement(claim, "unknown", f"没有哪一项指标与这句话相近；{why}", indicator=indicator)
    return Judgement(claim, "wrong", why, number_words.percent(share), formula, indicator)


def _judge_sum(claim: Claim, ledgers: Ledgers) -> Judgement:
    """What several figures told before make together."""
    values = [(value_of(one, one.figures[0], ledgers), one.figures[0]) for one in claim.of]
    known = [scaled(value, figure) for value, figure in values if value is not None]
    if len(known) < len(values) or not known:
        return Judgement(claim, "unknown", "是几项之和，不能确定是哪几项")
    total, formula = sum(known, Decimal(0)), " + ".join(map(number_words.digits, known))
    why = f"{formula} = {number_words.digits(total)}"
    if fits(claim.quantity, total):
        return Judgement(claim, "derived", why, formula=formula)
    whole = claim.figures[0]
    is_whole = bool(claim.narrowed) and whole.value is not None and fits(claim.quantity, scaled(whole.value, whole))
    if is_whole or claim.sure < WELL:
        return Judgement(claim, "unknown", f"可能是几项之和（{why}），不能确定")
    return Judgement(claim, "wrong", f"几项之和应为{why}", number_words.digits(total), formula)


def _judge_goal(claim: Claim, ledgers: Ledgers) -> Judgement:
    """A rate of completion: what was done in percent of what the row set as its goal."""
    figure, goal = claim.figures[0], claim.goal or Decimal(0)
    done, indicator = value_of(claim, figure, ledgers), f"{figure.indicator.id}:goal"
    if done is None or not goal or figure.indicator.unit == "%":
        return Judgement(claim, "unknown", "没有可以核对的目标数", indicator=indicator)
    rate, formula = scaled(done, figure) / goal, f"{number_words.digits(done)} ÷ {number_words.digits(goal)}"
    why = f"{named(claim, figure, ledgers)}为目标的{number_words.percent(rate)}（{formula}）"
    is_reached = rate >= 1 and claim.quantity.value == 100  # some write no more than that
    if is_reached or fits(claim.quantity, rate * 100):
        return Judgement(claim, "derived", why, formula=formula, indicator=indicator)
    return Judgement(claim, "wrong", why, number_words.percent(rate), formula, indicator)


def _changed(
    quantity: Quantity, figure: Figure, now: Decimal, before: Decimal, *, ratio: bool
) -> tuple[Decimal | None, str]:
    if quantity.measure == "百分点":
        return (now - before) * 100, "本年 − 上年"
    if quantity.measure in ("%", "倍"):
        if not before:
            return None, ""
        if ratio:
            return now / before, "本年 ÷ 上年"
        share = (now - before) / before
        return (share * 100 if quantity.measure == "%" else share), "(本年 − 上年) ÷ 上年"
    return scaled(now, figure) - scaled(before, figure), "本年 − 上年"
