"""Figures that do not name themselves: bound by what was told before, by a topic, or by a part they name."""

import re
from collections.abc import Sequence
from dataclasses import replace

from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.claim import Claim
from fazhi.checking.binding.context import Place
from fazhi.checking.binding.known_figures import Figure
from fazhi.checking.binding.names import PERHAPS, WELL, Surroundings, content
from fazhi.checking.binding.paragraph import Paragraph
from fazhi.checking.binding.references import added_up, of_last_year, restated, the_same
from fazhi.checking.binding.scope import Scope
from fazhi.quantities import Quantity

LITTLE = 4  # characters of content that name nothing by themselves
_SOME = 8  # characters of content beside the name of a part, of the ledger spoken of
_REACHED = re.compile("[总合]计|总[量数]|达|[为至]$")  # 减少98件后全年总量达到476件
_SUM = re.compile("合计|共计|总计|总共")


class Unnamed:
    """Binds figures by what the paragraph has spoken of."""

    def __init__(self, candidates: Candidates, scope: Scope, spoken: Paragraph) -> None:
        self.candidates, self.scope, self.spoken = candidates, scope, spoken
        self.ledgers, self.words = candidates.ledgers, candidates.words

    def again(self, back: int | None, quantity: Quantity) -> Claim | None:
        """The figure of the sentence before that is taken up again."""
        told = [one for one in self.spoken.before if not one.change]
        if back is None or back > len(told):
            return None
        claim = told[-back]
        is_same = claim.figures and self.words.alike(quantity.measure, claim.quantity.measure)
        return claim if is_same else None

    def goes_on(self, claims: Sequence[Claim], around: Surroundings, measure: str) -> bool:
        """Whether a figure after 增至 is of what was told last: not 参与人次增至2811人次 after 演练场次降至86场."""
        if not claims or not claims[-1].figures:
            return False
        own, sure = self.candidates.named(around, measure)
        is_alike = not measure or self.words.alike(measure, claims[-1].quantity.measure)
        return is_alike and (sure < WELL or own[:1] == claims[-1].figures[:1])

    def taken_up(self, place: Place, claim: Claim, earlier: Sequence[Claim]) -> Claim | None:
        """What takes up figures told before in the paragraph."""
        return (
            restated(place.before, claim, earlier, self.words)
            or the_same(place, claim, self.spoken.recent, self.words, self.ledgers.year)
            or added_up(place.before, claim, self.spoken.recent, self.words)
        )

    def understood(
        self, claim: Claim, place: Place, earlier: Sequence[Claim], *, is_named: bool, is_alone: bool
    ) -> tuple[tuple[Figure, ...], float] | None:
        """What is not named anew: the same of another year (去年为211件), a part of what was counted, the only one with its unit."""
        if claim.months and not earlier:  # …350件次；一季度188件次
            earlier = [one for one in self.spoken.before if one.sentence.endswith("；")]
        last, measure, year = (earlier[-1] if earlier else None), claim.quantity.measure, claim.year
        bare = not content(place.near.partition("|")[0], (), self.candidates.filler)
        is_ours = last is not None and bool(last.narrowed) and (is_named or bool(self.scope.own.search(place.since)))
        is_other = last is not None and (last.year != year or is_ours or last.months != claim.months)
        if bare and last and last.figures and (claim.months or not last.change) and is_other:
            told = [one for one in reversed(earlier) if one.figures and not one.change]
            alike = (one for one in told if not measure or self.words.alike(measure, one.quantity.measure))
            one = next(alike, None)
            return (one.figures, one.sure) if one and (one is last or one.year != year or claim.months) else None
        if bare and last and last.change in ("up", "down") and last.figures and _REACHED.search(place.since):
            return last.figures, last.sure
        if bare and year == self.ledgers.year - 1:
            known = of_last_year(measure, self.spoken.before, self.spoken.recent, self.words, self.ledgers.year)
            if known:
                return known
        if part := self._part_of(measure, place, last):
            return part
        if last and not last.change and last.sure >= WELL and not place.since.strip("、，"):
            beside = [one for one in self.ledgers.figures if one.indicator.ledger == last.figures[0].indicator.ledger]
            exact = [one for one in beside if one.indicator.unit == measure != last.quantity.measure]
            if len(exact) == 1 and not any(thing in place.near for thing in self.words.things):
                return (exact[0],), WELL  # 演练14场，6000余人次跟着学
        of_ledger = [figure for figure in self.ledgers.figures if figure.indicator.ledger == self.spoken.subject]
        spoken = {one.figures[0].indicator.id for one in earlier if one.figures}
        same = [one for one in of_ledger if one.indicator.unit == measure and one.indicator.id not in spoken]
        said = self.candidates.said[same[0].indicator.id].split("|") if len(same) == 1 else ()
        bare = not content(place.near, said, self.candidates.filler)  # 纠纷：全年476件
        is_understood = bare and len(same) == 1 and is_alone and not _SUM.search(place.since)
        return ((same[0],), WELL) if is_understood else None

    def _part_of(self, measure: str, place: Place, last: Claim | None) -> tuple[tuple[Figure, ...], float] | None:
        """A value of a closed list alone, of the ledger spoken of or of the only one that has it: 邻里类23件."""
        parts, near = self.candidates.parts, place.near
        if (
            last
            and last.figures[:1]
            and last.sure >= WELL
            and not last.change
            and self.words.alike(measure, last.quantity.measure)
        ):
            where = parts.of(last.figures[0], near)
            if (
                where
                and last.figures[0].indicator.where
                and not content(parts.written_in_full(near), [*where.values()], self.candidates.filler)
            ):
                return last.figures[:1], WELL
        for ledger, limit in ((self.spoken.subject, _SOME), (self.spoken.ledger, LITTLE), (parts.ledger_of(near), 1)):
            for whole in parts.wholes(ledger):
                fitting = self.words.may_count(measure, whole.indicator.unit, "")
                if fitting and (where := parts.of(whole, near)) and not parts.is_in_longer(ledger, where, near):
                    named = (*where.values(), *parts.short_of(ledger, near))
                    is_clear = content(near, named, self.candidates.filler) <= limit and not self._follows_other(
                        measure
                    )
                    return (whole,), WELL if is_clear and not self.candidates.foreign(whole, named, near) else PERHAPS
        return None

    def _follows_other(self, measure: str) -> bool:
        """Whether the sentence before told of another thing alone, of which a part may be: 来信来访1874件次。邻里纠纷类267件."""
        told = [one for one in self.spoken.before if self.words.alike(measure, one.quantity.measure) and not one.change]
        return (
            bool(told)
            and told[-1].sentence.endswith("。")
            and not any(one.figures and one.sure >= WELL for one in told)
        )

    def only_rate(self, figures: tuple[Figure, ...], measure: str) -> tuple[tuple[Figure, ...], float] | None:
        """The one rate of the ledger spoken of that is named, though other words stand by it: 五道程序走全的比例."""
        is_one = measure == "%" and len(figures) == 1 and figures[0].indicator.ledger == self.spoken.subject
        return (figures, WELL) if is_one else None

    def under_topic(self, claim: Claim, around: Surroundings, place: Place) -> tuple[tuple[Figure, ...], float] | None:
        """What hardly names itself but stands under a topic: 人民调解：受理125件，成功率94.4%."""
        measure = claim.quantity.measure
        topic = self.spoken.topic or self.spoken.lead
        if not topic or content(place.near, (), self.candidates.filler) > LITTLE:
            return None
        said = "¦".join(self.candidates.spoken_in(topic))
        figures, sure = self.candidates.named(replace(around, near=f"{said}¦{place.near}"), measure)
        is_one = len(figures) == 1 and self.words.may_count(
            measure, figures[0].indicator.unit, figures[0].indicator.label
        )
        return (figures, WELL) if is_one and sure >= WELL else None
