"""A plan for later years that is this year's result to the digit: 2026年拟完成89项."""

import re

from fazhi.checking.binding.claim import Claim, is_named_well
from fazhi.checking.binding.known_figures import Ledgers
from fazhi.checking.judging.fitting import fits
from fazhi.checking.judging.judgement import Judgement
from fazhi.checking.judging.ledger_values import as_shown, scaled

_TELLING = 20  # a number that is hardly planned by chance
_GOAL = re.compile(
    "(?:不少于|不低于|至少|力争|确保|目标|保持|[增减升降高大][加少长至到])[^，。；]*$"
)  # what is set again as it was reached
_LATER = re.compile(r"明年|下一?年|今后|(20\d\d)年")


def plan(claim: Claim, ledgers: Ledgers) -> Judgement:
    """What is planned is held against nothing; a result that is told as a plan is asked about."""
    quantity, figure = claim.quantity, next(iter(claim.figures), None)
    before = claim.sentence[: quantity.start - claim.start]
    if _GOAL.search(before):
        before = ""
    later = [one for one in _LATER.finditer(before) if not one[1] or int(one[1]) > ledgers.year]
    is_whole = is_named_well(claim) and not (
        claim.change or claim.where or claim.narrowed or claim.misfit or claim.months
    )
    is_telling = (
        quantity.value >= _TELLING and quantity.value % 10 != 0 and not quantity.approx and quantity.high is None
    )
    is_result = figure and figure.value is not None and fits(quantity, scaled(figure.value, figure))
    if figure and is_result and later and is_whole and is_telling and figure.indicator.unit != "%":
        why = f"这是{ledgers.year}年“{figure.indicator.label}”的数（{as_shown(figure.value or quantity.value, figure)}），是否把结果写成了计划"
        return Judgement(claim, "doubtful", why, indicator=figure.indicator.id)
    return Judgement(claim, "unknown", "是要求或计划，不与本年台账核对")
