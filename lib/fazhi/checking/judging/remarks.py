"""What is wrong in a draft besides a figure's value: last year's year in a heading, a hedge written twice, sums, ranks."""

import itertools
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from fazhi.checking.binding.claim import Claim
from fazhi.checking.binding.known_figures import Ledgers
from fazhi.checking.binding.references import how_many_added
from fazhi.checking.binding.wordings import wordings
from fazhi.checking.judging.judgement import Judgement
from fazhi.checking.judging.ranks import wrong_ranks
from fazhi.number_words import digits
from fazhi.quantities import doubled_hedge

_HEADING = re.compile(r"^.{0,60}$", re.MULTILINE)
_TOTAL = re.compile(r"(?:合计|共计|总计|总共|相加|加起来|加在一起)(?:为|达|有|是|完成)?$")
_PART = re.compile(r"其中|包括|分别")
_LISTED = 60  # figures of a sentence that may be parts of one


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
    found = [
        *stale_years(text, ledgers.year),
        *_hedges(claims),
        *_sums(judged),
        *(Remark(one.start, one.end, one.why) for one in wrong_ranks(text, ledgers)),
    ]
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
