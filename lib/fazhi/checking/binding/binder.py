"""Binds the quantities of a sentence to what they speak of.

Bound by words, never by value: all words of one of an indicator's names stand by the number, or some of them further off.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.changes import Changes
from fazhi.checking.binding.claim import Claim, are_two_years
from fazhi.checking.binding.context import (
    AGAINST,
    LABEL,
    OPENING,
    TOPIC,
    Change,
    Place,
    against_year,
    change_in,
    is_turned_round,
    outside_brackets,
    period_in,
    place_of,
    weakly_changed,
    year_of,
)
from fazhi.checking.binding.known_figures import Figure, Ledgers, Months
from fazhi.checking.binding.names import PERHAPS, WELL, WHOLLY, Surroundings
from fazhi.checking.binding.narrowed import narrowed_by, of_another, of_which, still_narrowed
from fazhi.checking.binding.paragraph import Paragraph
from fazhi.checking.binding.periods import named_months
from fazhi.checking.binding.references import counts_several, in_parts
from fazhi.checking.binding.scope import Scope
from fazhi.checking.binding.shares import SHARE, beside_part, is_rate, of_counts, of_the_whole, share_of
from fazhi.checking.binding.side_by_side import of_these, paired
from fazhi.checking.binding.unnamed import Unnamed
from fazhi.checking.binding.wordings import wordings
from fazhi.quantities import Quantity

_UP_TO = re.compile(
    r"(?:增|升|降|减|提高|提升|增加|上升|下降|减少|增长|变化|变|扩大|压降|压减|攀升|回落|跃升)(?:至|到|为|成)(?:了)?(?:20\d\d年|今年|本年)?的?$"
)
_LISTED = re.compile(r"和(?!解)|(?<!参)与|(?<!涉)及")  # 窗口和电话: no part by one of them alone
_PLACE = re.compile(
    r"(?!各|全)[\u4e00-\u9fff]{1,5}(?:(?<![进下到入驻送])村|社区|居委会|小学|中学|学校|公司|调委会|网格)(?![\u4e00-\u9fff]{0,4}率)"
)  # begins a row's title
_LEAD = 20  # characters of a sentence that says what those after it tell of
_OTHER_WAY: dict[Change, Change] = {"up": "down", "down": "up"}
_MANY = 100  # claims of a sentence that are looked back at
_ASPECT = re.compile(
    r"[\s【]*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．]+)?(?:[从按就分][^，。]{1,8}(?:看|来说|而言|分|划分|统计)|按[^，。：]{1,6}：|其中)"
)


class Binder:
    """Binds sentence by sentence; `paragraph` is what has been spoken of so far."""

    def __init__(self, ledgers: Ledgers, left_over: Mapping[int, tuple[Figure, bool]] | None = None) -> None:
        self.ledgers, self.candidates, self.words = ledgers, Candidates(ledgers), wordings()
        self.left_over = left_over or {}  # where a number begins -> what it speaks of, and whether that is certain
        self.scope, self.paragraph = Scope(ledgers.town, ledgers.offices), Paragraph()
        self.unnamed = Unnamed(self.candidates, self.scope, self.paragraph)
        self.changes = Changes(self.candidates, self.paragraph)
        self.title = ""  # of a table's column
        self.bracket_year = 0  # of bare numbers in brackets, where the draft says so
        self.is_dated_after = False  # its head is dated in the year after, whose 去年 may be the reported one
        self.against = ""  # a heading that says what changes are told against
        self.above, self.titled = "", False  # what a table's row belongs to; whether titles of a table are read

    def sentence(self, sentence: str, start: int, inside: Sequence[Quantity], heading: str) -> list[Claim]:
        """The claims of one sentence."""
        claims: list[Claim] = []
        self.year = self.ledgers.year
        if not self.titled:
            self.candidates.parts.among_offices = len(inside) > 1 and self.candidates.parts.side_by_side(sentence)
        spoken = self.paragraph
        spoken.before, spoken.now = spoken.now, claims
        label = LABEL.match(sentence)
        spoken.topic = label[1] if label else spoken.topic
        if label:
            self.scope.label(label[1])
        opening = label or OPENING.match(sentence)
        opened = self._ledger_named(opening[1]) if opening and not self.titled else ""
        if spoken.begins and not self.titled:
            if _ASPECT.match(sentence):
                spoken.subject = spoken.ledger
            else:
                spoken.ledger, spoken.lead = self._ledger_named(heading), ""
        spoken.begins = False
        if opened:
            spoken.subject = spoken.ledger = opened
        if not inside and not self.titled:
            self._lead(sentence)
        self.against = heading.strip() if AGAINST.search(heading) and heading.strip().endswith("：") else ""
        for number, quantity in enumerate(inside):
            place = place_of(sentence, start, inside, number)
            claim = Claim(quantity, sentence, start, year=self.ledgers.year)
            leads = not number or bool(TOPIC.match(sentence))
            far = f"{place.far}|{self.above}" if self.above else place.far
            is_on = spoken.ledger if not claims or claims[-1].figures else ""
            around = Surroundings(place.near, far, f"{heading}{spoken.lead}", spoken.subject, leads, self.titled, is_on)
            earlier = claims[-_MANY:]
            outside = outside_brackets(sentence, start, inside, number, number - len(earlier))
            told = self._told(claim, around, place, inside, number, earlier)
            claim = told or self._newly(claim, around, place, outside, earlier)
            claim = replace(claim, around=around, paragraph=spoken.number)
            claims.append(self._in_scope(claim, place))
            self._remember(claims[-1], around)
        spoken.topic = "" if sentence.endswith(("。", "\n")) else spoken.topic
        return claims

    def _told(
        self,
        claim: Claim,
        around: Surroundings,
        place: Place,
        inside: Sequence[Quantity],
        number: int,
        earlier: Sequence[Claim],
    ) -> Claim | None:
        """What takes up a figure told before: one of a list, 这三个数字, 两项合计, 增至, or another year's in brackets."""
        last = earlier[-1] if earlier else None
        if self.bracket_year and last and last.figures and place.since.strip() == "（" and not last.change:
            return replace(last, quantity=claim.quantity, year=self.bracket_year)
        before = paired(claim.sentence, claim.start, inside, number)
        back = number - before[0] if before else 0
        if (
            before
            and back <= len(earlier)
            and (told := self.changes.paired(claim, earlier[-back], place, earlier, before[1]))
        ):
            return told
        if again := self.unnamed.again(of_these(claim.sentence, claim.start, inside, number), claim.quantity):
            self.year = year_of(place.before, place.since, self.ledgers.year)[0] or self.year
            return replace(again, quantity=claim.quantity, sentence=claim.sentence, start=claim.start, year=self.year)
        if taken_up := not self.titled and self.unnamed.taken_up(place, claim, earlier):
            return taken_up
        if _UP_TO.search(place.before) and self.unnamed.goes_on(earlier, around, claim.quantity.measure):
            return replace(earlier[-1], quantity=claim.quantity, year=self.ledgers.year, change="", narrowed="")
        return None

    def _newly(
        self, claim: Claim, around: Surroundings, place: Place, outside: Sequence[bool], earlier: Sequence[Claim]
    ) -> Claim:
        """A change, a share, or a figure that its own words name; `outside` the brackets are those `earlier` that it may change."""
        quantity = claim.quantity
        if change := change_in(f"{self.against}{place.before}", quantity) or weakly_changed(place.before):
            open_ = [one for one, counts in zip(earlier, outside, strict=True) if counts]
            change = _OTHER_WAY.get(change, change) if is_turned_round(place.before) else change
            bound = self.changes.bound(replace(claim, change=change, against=against_year(place)), around, open_)
            is_weak = not change_in(f"{self.against}{place.before}", quantity) and not are_two_years(earlier)
            return replace(bound, sure=min(bound.sure, PERHAPS)) if is_weak else bound
        counted = [*self.paragraph.recent, *earlier]
        if share := beside_part(claim, place, earlier) or of_the_whole(claim, place.since, earlier):
            return share
        if SHARE.search(place.before) and quantity.measure == "%" and not is_rate(around, counted, self.candidates):
            share = share_of(claim, around, earlier, self.paragraph.recent, self.candidates)
            if share.figures:
                return share
        return self._plain(claim, around, place, earlier)

    def _lead(self, sentence: str) -> None:
        """A short sentence without a figure says what those after it tell of: 一是合同审查。"""
        self.scope.topic(sentence)
        if len(sentence) <= _LEAD and not sentence.endswith("\n"):
            self.paragraph.lead = sentence
            if ledger := self._ledger_named(sentence):
                self.paragraph.subject = self.paragraph.ledger = ledger

    def _ledger_named(self, text: str) -> str:
        """The one ledger of which a heading or a short sentence speaks."""
        if not text or len(text) > _LEAD:
            return ""
        figures, sure = self.candidates.named(Surroundings(f"{text.strip()}|"), None)
        ledgers = {figure.indicator.ledger for figure in figures}
        return ledgers.pop() if sure >= WELL and len(ledgers) == 1 else self.candidates.ledger_of(text)

    def _in_scope(self, claim: Claim, place: Place) -> Claim:
        """A figure of another town, office or of several years is no figure of ours."""
        if self.titled or (claim.narrowed and not claim.months):
            return claim
        whose = self.scope.of(self.candidates.parts.without(place.before))
        own = "".join(self.candidates.said[figure.indicator.id] for figure in claim.figures)
        return claim if not whose or whose in own else replace(claim, narrowed=whose, months=None)

    def _remember(self, claim: Claim, around: Surroundings) -> None:
        """What is spoken of; a number of something that no indicator answers for ends it."""
        spoken = self.paragraph
        if claim.figures and claim.sure >= WELL and not self.scope.of(claim.narrowed):
            spoken.subject = spoken.ledger = claim.figures[0].indicator.ledger
        elif not claim.figures and claim.quantity.kind == "actual" and "其中" not in around.near:
            spoken.subject = ""
        if claim.figures and not claim.change and not self.titled:
            spoken.recent = [*spoken.recent[-_MANY:], claim]

    def _plain(self, claim: Claim, around: Surroundings, place: Place, earlier: Sequence[Claim]) -> Claim:
        measure = claim.quantity.measure.replace("‰", "%")  # a slip, where it is a rate's
        named, stays = year_of(place.before, place.since, self.ledgers.year)
        self.year = named if stays else self.year
        year = named or self.year
        is_either = self.is_dated_after and year == self.ledgers.year - 1 and "去年" in place.before
        period, months = self._months(place, earlier)
        place = replace(place, near=place.near.replace(period, "")) if period else place
        around = replace(around, near=place.near)
        meant = replace(claim, year=year, months=months, quantity=replace(claim.quantity, measure=measure))
        figures, sure, is_left_over = self._spoken_of(meant, around, place, earlier, is_dated=bool(named))
        if not figures and measure == "%":
            sure = WELL if "完成率" in place.near else PERHAPS
            return of_counts(claim, earlier, self.paragraph.recent, sure, self.candidates)
        if figures and self.candidates.is_other_by_title(figures[0], self.title):
            sure = PERHAPS
        if figures and (self.titled or (earlier and not place.since.strip("、，,和及"))):
            figures = self.candidates.in_its_measure(figures, measure)
        where, listed, parts = self._parts(figures, place)
        if figures and not (where or parts) and sure < WHOLLY and counts_several(place.since):
            sure = PERHAPS
        again = any(
            (one.figures[:1], one.year, one.where, one.months) == (figures[:1], year, where, months)
            for one in earlier
            if not one.change and not (one.narrowed and self.scope.of(one.narrowed))
        )
        left, after = place.near.partition("|")[0], claim.sentence[claim.quantity.end - claim.start :]
        beside = place.near if self.titled else f"{left}|{after}"
        if figures and ((again and sure < WHOLLY) or self.candidates.counts_other(figures[0], beside)):
            sure = PERHAPS
        first = figures[0].indicator if figures else None
        written = claim.quantity.measure
        misfit = first is not None and bool(written) and not self.words.may_count(written, first.unit, first.label)
        sure = PERHAPS if misfit and self.titled and self.words.is_of_others(self.title) else sure
        said = [*where.values(), *(self.candidates.parts.short_of(first.ledger, place.near) if first and where else ())]
        near = re.sub("|".join(map(re.escape, said)) or r"(?!)", "", place.near)
        narrowed = narrowed_by(near, figures) or listed
        months = None if narrowed else months
        narrowed = narrowed or period_in(place.before)
        if self.titled and not where and (whose := _PLACE.match(place.near)):
            narrowed = whose[0]
        narrowed = narrowed or ("其中" if again and not where and "其中" in place.since else "")
        narrowed = narrowed or (
            "" if where or sure < WELL else of_which(replace(claim, figures=figures, year=year), place, self.paragraph)
        )
        narrowed = narrowed or still_narrowed(figures, where, place, earlier)
        narrowed = narrowed or ("" if self.titled else of_another(claim, figures, earlier, self.candidates))
        office = self.candidates.office_in(place.near)
        is_part = self.candidates.parts.among_offices or (figures and office not in figures[0].offices)
        office = "" if is_part and office in where.values() else office
        bound = replace(claim, figures=figures, sure=sure, year=year, where=where, narrowed=narrowed)
        bound = replace(bound, office=office, misfit=misfit, months=months, is_either=is_either)
        bound = replace(bound, is_left_over=is_left_over)
        is_sum = bool(parts) and narrowed == listed != "" and not misfit
        return in_parts(bound, parts, place.since) if is_sum else bound

    def _parts(self, figures: Sequence[Figure], place: Place) -> tuple[dict[str, str], str, list[dict[str, str]]]:
        """The part that a number counts; where several stand side by side, their names, and each; nothing where they are all there are."""
        parts = self.candidates.parts
        where = parts.of(figures[0], place.near) if figures else {}
        writer, values = self.scope.whose(place.since), self.ledgers.values
        if figures and not where and (column := values.get(figures[0].indicator.ledger, {}).get(writer)):
            where = {column: writer}
        if not where:
            return {}, "", []
        if _LISTED.search(place.near.lstrip("¦和与及")):
            return {}, "、".join(where.values()), []
        ledger, column = figures[0].indicator.ledger, next(iter(where))
        several = [] if self.titled else parts.beside(ledger, where, place.before, place.since)
        if not several or parts.are_all(ledger, several):
            return {} if several else where, "", []
        return {}, "、".join(several), [{column: value} for value in several]

    def _spoken_of(
        self, claim: Claim, around: Surroundings, place: Place, earlier: Sequence[Claim], *, is_dated: bool
    ) -> tuple[tuple[Figure, ...], float, bool]:
        """The indicators that a number names, or is understood to speak of, or that are left over for it; how surely; whether left over."""
        figures, sure = self.candidates.named(around, claim.quantity.measure)
        is_aside = bool(earlier) and place.since.strip() == "（" and not is_dated
        if is_aside and self.words.alike(claim.quantity.measure, earlier[-1].quantity.measure):
            return (), 0.0, False  # 合同审查136件次（111件次）: of last year, or a part
        if sure < WELL:
            is_alone = not self.titled or bool(self.above)
            figures, sure = (
                self.unnamed.understood(claim, place, earlier, is_named=is_dated, is_alone=is_alone)
                or self.unnamed.under_topic(claim, around, place)
                or self.unnamed.only_rate(figures, claim.quantity.measure)
                or (figures, sure)
            )
        left, is_certain = self.left_over.get(claim.quantity.start, (None, False))
        return ((left,), WELL, not is_certain) if left and sure < WELL else (figures, sure, False)

    def _months(self, place: Place, earlier: Sequence[Claim]) -> tuple[str, Months | None]:
        """The part of the year that a number tells of, where the number before told of no part by another list."""
        before = [one for one in self.paragraph.before[-1:] if not one.sentence.endswith("。")]
        told = [*before, *earlier][-1:]
        is_part = self.titled or any(one.where or (one.figures and one.narrowed and not one.months) for one in told)
        return ("", None) if is_part else named_months(place.since)
