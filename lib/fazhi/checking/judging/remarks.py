"""What is wrong in a draft besides a figure's value: last year's year in a heading, a hedge written twice, sums, ranks."""

import itertools
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from fazhi.checking.binding.claim import Claim
from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.binding.names import is_named_in
from fazhi.checking.binding.references import how_many_added
from fazhi.checking.binding.wordings import wordings
from fazhi.checking.judging.judgement import Judgement
from fazhi.number_words import digits
from fazhi.quantities import doubled_hedge

_HEADING = re.compile(r"^.{0,60}$", re.MULTILINE)
_TOTAL = re.compile(r"(?:合计|共计|总计|总共|相加|加起来|加在一起)(?:为|达|有|是|完成)?$")
_PART = re.compile(r"其中|包括|分别")
_RANK = re.compile(
    r"[^，。；、\n]{0,10}?(?:数量|占比|件数|量)?(?:(?P<most>最多|最高|最大|居首|位?居第一|排名?第[一1])|(?P<least>最少|最低))"
)
_RANKED = re.compile(r"最[多高大少低]|居首|第[一1]")
_LISTED = 60  # figures of a sentence that may be parts of one
_LONG = 200
_SENTENCE = re.compile(r"[^。；\n]+")


@dataclass(frozen=True)
class Remark:
    """Where in the text, and what is wrong there."""

    start: int
    end: int
    why: str
    is_private: bool = False  # what stands there is not to be quoted


def remarks(text: str, judged: Sequence[Judgement], ledgers: Ledgers) -> list[Remark]:
    """All that is wrong besides the value of a figure, in the order of the text."""
    claims = [one.claim for one in judged]
    found = [*stale_years(text, ledgers.year), *_hedges(claims), *_sums(judged), *_ranks(text, ledgers)]
    return sorted(found, key=lambda one: one.start)


def stale_years(text: str, year: int) -> Iterator[Remark]:
    """Last year's year left in a title or heading."""
    for line in _HEADING.finditer(text):
        if not re.search(r"[。；，]", line[0]):
            for named in re.finditer(rf"{year - 1} ?年(?=[^较比]*(?:报告|情况|总结|主要举措|成效|做法|履行))", line[0]):
                start = line.start() + named.start()
                yield Remark(start, start + len(named[0]), f"标题中写的是{year - 1}年，本报告为{year}年")


def _hedges(claims: Sequence[Claim]) -> Iterator[Remark]:
    for claim in claims:
        if twice := doubled_hedge(claim.quantity):
            start = claim.quantity.start
            yield Remark(start, start + len(twice), f"“{twice}”用了两个约数词，请删去一个")


def _sums(judged: Sequence[Judgement]) -> Iterator[Remark]:
    """Parts that exceed their whole, and totals that are not the sum of what stands before them.

    Nothing is said where one of them is called wrong already, or where the ledgers hold the total: not all parts need be listed.
    """
    by_sentence: dict[int, list[Claim]] = {}
    flagged = {id(one.claim) for one in judged if one.verdict in ("wrong", "doubtful")}
    held = {id(one.claim) for one in judged if one.verdict in ("right", "derived")}
    for one in judged:
        claim = one.claim
        is_plain = not claim.change or claim.change == "sum"
        if is_plain and claim.quantity.kind == "actual" and claim.quantity.high is None:
            by_sentence.setdefault(claim.start, []).append(claim)
    for inside in by_sentence.values():
        yield from _total(inside, flagged, held)
        yield from _parts(inside, flagged)


def _total(inside: Sequence[Claim], flagged: Set[int], held: Set[int]) -> Iterator[Remark]:
    """合计965条 after 802条 and 163条, and 三类共965条."""
    for number, claim in enumerate(inside[:_LISTED]):
        parts = _added(claim, inside[:number])
        if id(claim) in held or len(parts) < 2 or any(id(one) in flagged for one in (*parts, claim)):
            continue
        if _exact([*parts, claim]):
            total = sum(one.quantity.value for one in parts)
            if total != claim.quantity.value:
                yield _remark(claim, f"前面各数相加为{digits(total)}，与合计{claim.quantity.text}不符")


def _added(claim: Claim, told: Sequence[Claim]) -> Sequence[Claim]:
    """The figures told before that a figure says it adds up; none where it does not."""
    before, words = _before(claim), wordings()
    if many := how_many_added(before):
        parts = told[-many:]
        is_of_all = len(parts) == many and not any(_TOTAL.search(_before(one)) for one in parts)
    else:
        parts, is_of_all = told, bool(_TOTAL.search(before))
    return (
        parts if is_of_all and all(words.alike(one.quantity.measure, claim.quantity.measure) for one in parts) else ()
    )


def _before(claim: Claim) -> str:
    return claim.sentence[: claim.quantity.start - claim.start]


def _parts(inside: Sequence[Claim], flagged: Set[int]) -> Iterator[Remark]:
    """89件，其中60件、40件."""
    for at, (whole, part) in enumerate(itertools.pairwise(inside), 1):
        between = whole.sentence[whole.quantity.end - whole.start : part.quantity.start - whole.start]
        if not (_PART.search(between) and len(between) < 30):
            continue
        listed = []
        for one in inside[at : at + _LISTED]:
            if one.quantity.measure != whole.quantity.measure:
                break
            listed.append(one)
        total = sum((one.quantity.value for one in listed), Decimal(0))
        if any(id(one) in flagged for one in (whole, *listed)):
            continue
        if listed and total > whole.quantity.value and whole.quantity.measure != "%" and _exact([whole, *listed]):
            yield _remark(listed[-1], f"其中各数相加为{digits(total)}，超过总数{whole.quantity.text}")


def _exact(claims: Sequence[Claim]) -> bool:
    return not any(claim.quantity.approx for claim in claims)


def _remark(claim: Claim, why: str) -> Remark:
    return Remark(claim.quantity.start, claim.quantity.end, why)


def _ranks(text: str, ledgers: Ledgers) -> Iterator[Remark]:
    """邻里纠纷最多, where the ledgers have more of another kind; ties are nobody's mistake."""
    wholes = [one for one in ledgers.figures if one.indicator.measure == "count" and not one.indicator.where]
    for sentence in _SENTENCE.finditer(text):
        if len(sentence[0]) > _LONG or not _RANKED.search(sentence[0]) or "季度" in sentence[0]:
            continue
        for figure in wholes:
            for word, column in ledgers.values.get(figure.indicator.ledger, {}).items():
                at = sentence[0].find(word)
                rank = _RANK.match(sentence[0], at + len(word)) if at >= 0 and len(word) > 2 else None
                if column == "village" and rank and not _is_of(figure, word, sentence[0], ledgers):
                    continue  # villages stand in many ledgers
                if rank and (why := _outranked(figure, word, column, ledgers, least=bool(rank["least"]))):
                    yield Remark(sentence.start() + at, sentence.start() + rank.end(), why)


def _is_of(figure: Figure, village: str, sentence: str, ledgers: Ledgers) -> bool:
    """Whether a sentence on a village speaks of an indicator as a whole, and of no kind of it."""
    others = (word for word, column in ledgers.values[figure.indicator.ledger].items() if column != "village")
    return is_named_in(figure.indicator, sentence.replace(village, "")) and not any(
        one in sentence for one in others if len(one) > 1
    )


def _outranked(figure: Figure, word: str, column: str, ledgers: Ledgers, *, least: bool) -> str:
    """Why a kind is not the one with most (or fewest) rows; empty where it is, or it cannot be counted."""
    kinds = [one for one, of in ledgers.values[figure.indicator.ledger].items() if of == column]
    counts = {one: ledgers.parts(figure, {column: one}) for one in kinds}
    known = {one: count for one, count in counts.items() if count}
    if not known or word not in known:
        return ""
    first = (min if least else max)(known, key=lambda one: known[one])
    if known[first] == known[word]:
        return ""
    unit = figure.indicator.unit
    return (
        f"{'最少' if least else '最多'}的是{first}（{digits(known[first])}{unit}），{word}为{digits(known[word])}{unit}"
    )
