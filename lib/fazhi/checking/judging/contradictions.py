"""The same figure told twice with two values."""

from collections.abc import Sequence

from fazhi.checking.binding.claim import is_named_well
from fazhi.checking.judging.judgement import Judgement


def contradictions(judged: Sequence[Judgement]) -> list[Judgement]:
    """The same figure twice with two values, where the ledgers have none to say which is right."""
    seen: dict[tuple[str, int, str], Judgement] = {}
    found = list(judged)
    for place, one in enumerate(judged):
        claim = one.claim
        if (
            one.verdict != "unknown"
            or len(claim.figures) != 1
            or claim.change
            or claim.narrowed
            or claim.office
            or claim.misfit
            or not is_named_well(claim)
        ):
            continue
        key = (one.indicator, claim.year, str(dict(claim.where)))
        first = seen.setdefault(key, one)
        if first is not one and first.claim.quantity.value != claim.quantity.value and claim.quantity.kind == "actual":
            why = f"同一项“{claim.figures[0].indicator.label}”前后两个数：{first.claim.quantity.text}、{claim.quantity.text}"
            found[place] = Judgement(claim, "doubtful", why, indicator=one.indicator)
    return found
