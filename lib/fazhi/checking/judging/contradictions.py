"""The same figure told twice with two values."""

from collections.abc import Sequence, Set
from dataclasses import replace

from fazhi.checking.binding.claim import is_named_well
from fazhi.checking.judging.judgement import THE_WHOLE, Judgement


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


def wholes_as_parts(judged: Sequence[Judgement]) -> list[Judgement]:
    """The whole told as one of its parts, where the paragraph tells another part that is not nought: 通过176件，不通过350件 of 350."""
    told = {
        (one.claim.paragraph, one.indicator, column, value)
        for one in judged
        if one.verdict in ("right", "wrong") and one.claim.quantity.value
        for column, value in one.claim.where.items()
    }
    return [_as_part(one) if _is_whole(one) and _has_other(one, told) else one for one in judged]


def _is_whole(one: Judgement) -> bool:
    return one.verdict == "unknown" and one.why.startswith(THE_WHOLE) and is_named_well(one.claim)


def _has_other(one: Judgement, told: Set[tuple[int, str, str, str]]) -> bool:
    where = one.claim.where
    return any(
        (paragraph, indicator) == (one.claim.paragraph, one.indicator) and column in where and value != where[column]
        for paragraph, indicator, column, value in told
    )


def _as_part(one: Judgement) -> Judgement:
    return replace(one, verdict="doubtful", why=f"{one.why}，是否写成了总数")
