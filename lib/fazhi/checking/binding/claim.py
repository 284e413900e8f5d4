"""A quantity of a draft with what it speaks of."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fazhi.checking.binding.context import Change
from fazhi.checking.binding.known_figures import Figure, Months
from fazhi.checking.binding.names import WELL, Surroundings
from fazhi.quantities import Quantity

_CROWD = 200  # figures of a sentence


@dataclass(frozen=True)
class Claim:
    """A quantity with what it speaks of.

    `figures` are the indicators it may speak of, the likeliest first: none, one, or several that fit as well. `sure` is how
    well they are named (0-1). `where` narrows it to a part of the rows; `narrowed` says that it speaks of a part that the
    ledgers cannot count.
    """

    quantity: Quantity
    sentence: str
    start: int  # of the sentence in the text
    figures: tuple[Figure, ...] = ()
    sure: float = 0.0
    year: int = 0
    where: Mapping[str, str] = field(default_factory=dict)
    narrowed: str = ""
    change: Change = ""
    against: int = 0  # the year that a change is told against, where it is named
    office: str = ""  # whose part of the figure is meant, where an office is named
    of: tuple["Claim", ...] = ()  # what a sum adds up
    misfit: bool = False  # the measure word is another family's
    months: Months | None = None  # the part of the year that is meant, where the ledger has dates
    is_left_over: bool = False  # bound, not certainly, because the draft tells the indicator nowhere else
    is_either: bool = False  # 去年 in a draft of the year after: the reported year, or the one before
    around: Surroundings = field(default_factory=lambda: Surroundings(""))  # what stands around it
    paragraph: int = 0  # which of the text's it stands in
    goal: Decimal | None = None  # what a share is of, where it is no figure of the ledgers: a rate of completion


def are_two_years(told: Sequence[Claim]) -> bool:
    """Whether the figures told last are one indicator's of two years: 由108份变为120份."""
    last = told[-2:]
    is_same = len(last) == 2 and bool(last[0].figures) and last[0].figures == last[1].figures
    return is_same and last[0].year != last[1].year and not any(one.change or one.where for one in last)


def crowded(claims: Iterable[Claim]) -> frozenset[int]:
    """Where the sentences begin that list so many figures that no words by one of them can tell what it is."""
    return frozenset(start for start, many in Counter(one.start for one in claims).items() if many > _CROWD)


def is_named_well(claim: Claim) -> bool:
    """Whether an indicator is named so well that another value is wrong, not another thing."""
    return claim.sure >= WELL and len(claim.figures) == 1


def is_plain(claim: Claim) -> bool:
    """Whether it is one number of the whole that is told as a result: no plan, range, change or part."""
    quantity = claim.quantity
    is_result = quantity.kind == "actual" and quantity.high is None and bool(quantity.measure)
    return is_result and not (claim.change or claim.narrowed or claim.office or claim.months)
