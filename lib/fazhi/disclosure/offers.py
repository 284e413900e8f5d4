"""What may be published of one thing, in forms from the finest to nothing, and which form each takes in the end.

Forms are taken in order of what readers need most. A form is taken where all that is published with it gives no small
number away and no sum tells what one contributed; else the next coarser one is tried.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fazhi.disclosure.publication_audit import Auditor, Exposed, System
from fazhi.disclosure.statements import Rows, Statement

NOTHING, SHOWN = "nothing", "shown"


def form_key(offer: str, form: str) -> str:
    """A form of an offer as the list of published statements names it."""
    return f"{offer}={form}"


@dataclass(frozen=True)
class Summed:
    """A sum of a column over rows, by who contributed to it."""

    rows: Rows
    column: str


@dataclass(frozen=True)
class Form:
    """One way to publish something: its name, what it tells, and what it changes in what is shown."""

    name: str
    says: tuple[Statement, ...] = ()
    sums: tuple[Summed, ...] = ()
    shown: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Offer:
    """Something that may be published, its forms the finest first; after them it is left out.

    `needs`: another offer -> its forms with which this one makes sense; without these it is left out without a word.
    """

    id: str
    label: str
    forms: tuple[Form, ...]
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Withheld:
    """What is not published in its finest form, what stands instead, and which small numbers it would have told."""

    id: str
    label: str
    form: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Decision:
    """The form of each offer, what all of it tells, and what was withheld; `open` small numbers follow from earlier papers."""

    forms: Mapping[str, str]
    says: tuple[Statement, ...]
    withheld: tuple[Withheld, ...]
    open: tuple[str, ...] = ()


def decide(
    offers: Sequence[Offer],
    given: Sequence[Statement],
    auditor: Auditor,
    holds: Callable[[Statement], bool],
    is_safe: Callable[[Summed], bool],
) -> Decision:
    """Choose the form in which each offer is published.

    At first all take the finest form: of systems in which nothing follows from that, nothing follows from less. Only in the
    others are offers taken one by one.

    Parameters
    ----------
    offers
        What may be published, in the order in which they are taken.
    given
        Statements that are published already.
    auditor
        Finds the small numbers that statements give away.
    holds
        Whether a statement is true of the rows; a form that says what is not is never taken.
    is_safe
        Whether nobody's contribution can be worked out of a sum.

    Returns
    -------
    Decision
        The form of each offer, all that is said, what was withheld and why.
    """
    chooser = _Chooser(auditor, holds, is_safe, given)
    before = auditor.exposed(given)
    finest = [form for offer in offers if (form := chooser.finest(offer)) is not None]
    every = [*given, *(said for form in finest for said in form.says)]
    chooser.doubtful = sorted({one.system for one in auditor.exposed(every)} | {one.system for one in before})
    chooser.known = frozenset(one.rows for one in before)
    for offer in offers:
        chooser.take(offer)
    return Decision(
        chooser.forms, tuple(dict.fromkeys(chooser.said)), tuple(chooser.withheld), tuple(sorted(chooser.known))
    )


class _Chooser:
    """The forms taken so far."""

    def __init__(self, auditor: Auditor, holds: Any, is_safe: Any, given: Sequence[Statement]) -> None:
        self._auditor, self._holds, self._is_safe = auditor, holds, is_safe
        self.said: list[Statement] = list(given)
        self.forms: dict[str, str] = {}
        self.withheld: list[Withheld] = []
        self.doubtful: list[System] = []
        self.known: frozenset[str] = frozenset()

    def finest(self, offer: Offer) -> Form | None:
        """The first form that is true and whose sums tell nobody's part."""
        return next((form for form in offer.forms if not self._faults(form)), None)

    def take(self, offer: Offer) -> None:
        why: list[str] = []
        taken = Form(NOTHING)
        if all(self.forms.get(name) in wanted for name, wanted in offer.needs.items()):
            for form in offer.forms:
                faults = self._faults(form) or self._exposed_by(form)
                if not faults:
                    taken = form
                    break
                why += faults
        self.forms[offer.id] = taken.name
        self.said += taken.says
        if why:
            self.withheld.append(Withheld(offer.id, offer.label, taken.name, tuple(dict.fromkeys(why))))

    def _faults(self, form: Form) -> list[str]:
        if not all(map(self._holds, form.says)):
            return ["所依据的行无法核查"]
        return ["合计会透露单独一方的金额或数量"] if not all(map(self._is_safe, form.sums)) else []

    def _exposed_by(self, form: Form) -> list[str]:
        new = [said for said in form.says if said not in self.said]
        asked = [one for one in self.doubtful if any(self._auditor.touches(said, one) for said in new)]
        found: list[Exposed] = self._auditor.exposed([*self.said, *new], asked) if asked else []
        return [one.rows for one in found if one.rows not in self.known]
