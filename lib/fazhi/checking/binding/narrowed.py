"""What makes of a figure a part that the ledgers cannot count: words by it, or what the figure before it was narrowed to."""

import re
from collections.abc import Mapping, Sequence

from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.claim import Claim
from fazhi.checking.binding.context import Place, narrowing
from fazhi.checking.binding.known_figures import Figure
from fazhi.checking.binding.names import WELL, content
from fazhi.checking.binding.paragraph import Paragraph

_SINCE = re.compile(r"[^¦|]*(?:以来|之后)¦")  # “首违不罚”推行以来，该镇861家次的执法检查
_OF_WHICH = "其中"
_WHOLE = re.compile("全年|全镇|全街道|全乡|累计|总计|总[额量数]|总金额|共")


def narrowed_by(near: str, figures: Sequence[Figure]) -> str:
    """The words by a figure that make another thing of it than the indicators count."""
    own = "".join(f"{figure.indicator.label}{''.join(figure.indicator.also)}" for figure in figures)
    return narrowing(_SINCE.sub("", near), own, alone=len(figures) == 1)


def still_narrowed(figures: Sequence[Figure], where: Mapping[str, str], place: Place, earlier: Sequence[Claim]) -> str:
    """The part that the number before spoke of, where this one tells more of it: 村级演练16场，参加1480人次."""
    last = earlier[-1] if earlier else None
    if not figures or where or last is None or not last.figures or _WHOLE.search(place.since):
        return ""
    one, other = figures[0].indicator, last.figures[0].indicator
    is_beside = any(column in one.where for column in last.where)  # a part of its own, as the last is one
    if one.ledger != other.ledger or one.id == other.id or is_beside or len(_listed(earlier)) > 1:
        return ""
    if _is_own(last.narrowed, figures[0]):
        return ""
    return last.narrowed or "、".join(last.where.values())


def of_which(claim: Claim, place: Place, spoken: Paragraph) -> str:
    """其中 where its sentence or the part before says that a figure is one of a whole told before: …；其中按条例处罚26起，按规定处罚4起."""
    if _WHOLE.search(place.since) or claim.figures[0].indicator.where:
        return ""
    same = [one for one in spoken.recent if (one.figures[:1], one.year) == (claim.figures[:1], claim.year)]
    told = [one for one in same if one.start != claim.start]
    goes_on = bool(told and spoken.before) and told[-1].start == spoken.before[-1].start
    listed = [*(told if goes_on and told[-1].sentence.endswith("；") else ()), *same[len(told) :]]
    is_next = bool(listed) and listed[-1].narrowed == _OF_WHICH
    return _OF_WHICH if is_next or (told and claim.sentence.lstrip().startswith(_OF_WHICH)) else ""


def of_another(claim: Claim, figures: Sequence[Figure], earlier: Sequence[Claim], candidates: Candidates) -> str:
    """What the number before counts where that is another thing, done as the ledger's are: 学校安全检查26次，发现隐患43个."""
    last = earlier[-1] if earlier else None
    if (
        not figures
        or last is None
        or (last.figures and last.sure >= WELL)
        or last.change
        or claim.quantity.measure == "%"
    ):
        return ""
    if _is_own(last.narrowed, figures[0]):
        return ""
    ledger, left = figures[0].indicator.ledger, last.around.near.partition("|")[0].rpartition("¦")[2]
    words = {one for name in candidates.of_ledger[ledger] for one in candidates.said[name].split("|") if len(one) > 1}
    is_done = any(left.endswith(one) for one in words) and not candidates.words.alike(
        claim.quantity.measure, last.quantity.measure
    )
    return left if is_done and content(left, sorted(words, key=len, reverse=True), candidates.filler) > 1 else ""


def _is_own(narrowed: str, figure: Figure) -> bool:
    """Whether what narrows the number before belongs to an indicator's name: 督促整改隐患67个，整改率85.5%."""
    spec = figure.indicator
    return bool(narrowed) and narrowed in f"{spec.label}{''.join((*spec.also, *spec.then))}"


def _listed(earlier: Sequence[Claim]) -> list[Claim]:
    """The parts told last, side by side: 书面31件、口头12件."""
    last = earlier[-1]
    parts = [one for one in earlier[-2:] if one.where.keys() == last.where.keys() and one.figures == last.figures]
    return parts if last.where else []
