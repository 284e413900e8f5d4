"""Binds the quantities of a sentence to what they speak of.

Bound by words, never by value: all words of one of an indicator's names stand by the number, or some of them further off.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fazhi.checking.candidates import Candidates
from fazhi.checking.claim import Claim
from fazhi.checking.context import (
    AGAINST,
    LABEL,
    TOPIC,
    Place,
    against_year,
    change_in,
    narrowing,
    of_these,
    outside_brackets,
    paired,
    period_in,
    place_of,
    weakly_changed,
    year_of,
)
from fazhi.checking.known_figures import Figure, Ledgers
from fazhi.checking.names import PERHAPS, WELL, WHOLLY, Surroundings, content
from fazhi.checking.wordings import wordings
from fazhi.quantities import Quantity

_UP_TO = re.compile(
    r"(?:增|升|降|减|提高|提升|增加|上升|下降|减少|增长|变化|变|扩大|压降|压减|攀升|回落|跃升)(?:至|到|为|成)(?:了)?(?:20\d\d年|今年|本年)?的?$"
)
_SHARE = re.compile(r"占(?:比|总数|全部|总量|全年)?(?:的|比例)?(?:为|达|达到|约)?$")
_LISTED = re.compile(r"[和与及]")  # 窗口和电话: no part by one of them alone
_PLACE = re.compile(
    r"(?!各|全)[\u4e00-\u9fff]{1,5}(?:村|社区|居委会|小学|中学|学校|公司|调委会|网格)(?![\u4e00-\u9fff]{0,4}率)"
)  # begins a row's title
_RATE = re.compile("率|比例|占比")
_OTHER = 2  # characters of a column's title that no indicator explains
_NEAR = 12  # characters before 分别
_RELATIVE = ("%", "百分点", "倍", "")
_MANY = 100  # claims of a sentence that are looked back at
_SUM = re.compile("合计|共计|总计|总共")
_LITTLE = 4  # characters of content that name nothing by themselves
_WHOLE = re.compile("全年|全镇|全街道|全乡|累计|总计|共")
_COUNTED = {
    "场次": "场", "人次": "人", "人数": "人", "件次": "件", "件数": "件", "家次": "家", "户次": "户", "次数": "次", "金额": "元",
}  # fmt: skip


class Binder:
    """Binds sentence by sentence; `told` is the ledger spoken of last."""

    def __init__(self, ledgers: Ledgers) -> None:
        self.ledgers, self.candidates, self.words, self.subject = ledgers, Candidates(ledgers), wordings(), ""
        self.topic = ""  # 人民调解：, up to the end of what stands under it
        self.before: list[Claim] = []  # of the sentence before, in the same paragraph
        self.told: list[Claim] = []
        self.title = ""  # of a table's column
        self.above, self.titled = "", False  # what a table's row belongs to; whether titles of a table are read

    def sentence(self, sentence: str, start: int, inside: Sequence[Quantity], heading: str) -> list[Claim]:
        """The claims of one sentence."""
        claims: list[Claim] = []
        self.year = self.ledgers.year
        self.before, self.told = self.told, claims
        label = LABEL.match(sentence)
        self.topic = label[1] if label else self.topic
        against = heading.strip() if AGAINST.search(heading) and heading.strip().endswith("：") else ""
        for number, quantity in enumerate(inside):
            place = place_of(sentence, start, inside, number)
            claim = Claim(quantity, sentence, start, year=self.ledgers.year)
            leads = not number or bool(TOPIC.match(sentence))
            far = f"{place.far}|{self.above}" if self.above else place.far
            around = Surroundings(place.near, far, heading, self.subject, leads, self.titled)
            earlier = claims[-_MANY:]
            before = paired(sentence, start, inside, number)
            if before is not None and claims[before].figures:
                claim = self._paired(claim, claims[before], place, earlier)
            elif again := self._again(of_these(sentence, start, inside, number), quantity):
                year = year_of(place.before, place.since, self.ledgers.year)[0] or self.year
                claim = replace(again, quantity=quantity, sentence=sentence, start=start, year=year)
                self.year = year
            elif claims and claims[-1].figures and _UP_TO.search(place.before):
                claim = replace(claims[-1], quantity=quantity, year=self.ledgers.year, change="", narrowed="")
            elif change := change_in(f"{against}{place.before}", quantity) or weakly_changed(place.before):
                outside = outside_brackets(sentence, start, inside, number, number - len(earlier))
                open_ = [one for one, counts in zip(earlier, outside, strict=True) if counts]
                claim = self._change(replace(claim, change=change, against=against_year(place)), around, open_)
                is_weak = not change_in(f"{against}{place.before}", quantity)
                claim = replace(claim, sure=min(claim.sure, PERHAPS)) if is_weak else claim
            elif _SHARE.search(place.before) and quantity.measure == "%":
                claim = self._share_of(claim, around, earlier)
            else:
                claim = self._plain(claim, around, place, earlier)
            claims.append(claim)
            self._remember(claim, around)
        self.topic = "" if sentence.endswith(("。", "\n")) else self.topic
        return claims

    def _again(self, back: int | None, quantity: Quantity) -> Claim | None:
        """The figure of the sentence before that is taken up again."""
        told = [one for one in self.before if not one.change]
        if back is None or back > len(told):
            return None
        claim = told[-back]
        is_same = claim.figures and self.words.alike(quantity.measure, claim.quantity.measure)
        return claim if is_same else None

    def _paired(self, claim: Claim, told: Claim, place: Place, claims: Sequence[Claim]) -> Claim:
        """What 分别 says of a figure told before: its change, its share, or its value of the year before."""
        said, quantity = place.before.rpartition("分别")[2], claim.quantity
        change = change_in(place.before, quantity) or (claims[-1].change if claims[-1].change in ("up", "down") else "")
        against = place.before.rpartition("分别")[0][-_NEAR:] + said
        claim = replace(claim, figures=told.figures, sure=told.sure, where=told.where, narrowed=told.narrowed)
        if "占" in said and quantity.measure == "%" and told.where:
            return replace(claim, figures=(*told.figures, *told.figures), change="share")
        if change and (AGAINST.search(against) or quantity.measure in ("%", "百分点", "倍")):
            return replace(claim, change=change)
        named, _ = year_of(place.before, against, self.ledgers.year)
        return replace(claim, year=named or told.year, sure=told.sure if named else min(told.sure, PERHAPS))

    def _remember(self, claim: Claim, around: Surroundings) -> None:
        """What is spoken of; a number of something that no indicator answers for ends it."""
        if claim.figures and claim.sure >= WELL:
            self.subject = claim.figures[0].indicator.ledger
        elif not claim.figures and claim.quantity.kind == "actual" and "其中" not in around.near:
            self.subject = ""

    def _change(self, claim: Claim, around: Surroundings, earlier: Sequence[Claim]) -> Claim:
        """A change speaks of the indicator named by it, else of the one before it."""
        own, sure = self.candidates.named(around, None)
        named = [one for one in earlier if one.figures and self._counted(one, around.near)]
        if claim.quantity.measure not in _RELATIVE:
            named = [one for one in named if self.words.alike(claim.quantity.measure, one.quantity.measure)] or named
        if "前者" in around.near and len(plain := [one for one in named if not one.change]) > 1:
            named = plain[:-1]
        bound = next((one for one in reversed(named) if not one.change), named[-1] if named else None)
        another = own and bound and own[0].indicator.ledger != bound.figures[0].indicator.ledger
        names_another = another and content(around.near.partition("|")[0], (), self.candidates.filler) >= _LITTLE
        if bound is not None and not names_another and (sure < WHOLLY or len(own) > 1):
            return replace(claim, figures=bound.figures, sure=bound.sure, where=bound.where, narrowed=bound.narrowed)
        where = self.candidates.part(own[0], around.near) if own else {}
        narrowed = self._narrowed(around.near, own) or (self._whose(around.near) if self.titled else "")
        if self.titled and own and own[0].indicator.unit == "%" and not _RATE.search(around.near):
            sure = PERHAPS  # how many were 优秀, it may be
        return replace(claim, figures=own, sure=sure, where=where, narrowed=narrowed)

    def _whose(self, near: str) -> str:
        """The office that is named."""
        offices = (name for name in self.ledgers.offices if re.search(rf"{re.escape(name)}(?!牵头|会同|联合)", near))
        return next(offices, "")

    def _counted(self, claim: Claim, near: str) -> bool:
        """Whether a claim is counted in the measure word that a change names: 场次同比增长."""
        named = next((unit for word, unit in _COUNTED.items() if word in near), "")
        return not named or self.words.alike(named, claim.quantity.measure)

    def _plain(self, claim: Claim, around: Surroundings, place: Place, earlier: Sequence[Claim]) -> Claim:
        measure = claim.quantity.measure
        named, stays = year_of(place.before, place.since, self.ledgers.year)
        self.year = named if stays else self.year
        year = named or self.year
        figures, sure = self.candidates.named(around, measure)
        if sure < WELL:
            understood = self._understood(claim.quantity, place, year, earlier) or self._under_topic(
                claim, around, place
            )
            figures, sure = understood or (figures, sure)
        if not figures and measure == "%":
            return self._of_counts(claim, earlier, PERHAPS)
        if figures and self._is_other_by_title(figures[0]):
            sure = PERHAPS
        if figures and place.since and not place.since.strip("、，,和及"):
            figures = self._in_its_measure(figures, measure)
        where = self.candidates.part(figures[0], place.near) if figures else {}
        listed = "、".join(where.values()) if where and _LISTED.search(place.near) else ""
        where = {} if listed else where
        again = any(
            (one.figures[:1], one.year, one.where) == (figures[:1], year, where) for one in earlier if not one.change
        )
        if figures and ((again and sure < WHOLLY) or self.candidates.counts_other(figures[0], place.near)):
            sure = PERHAPS
        first = figures[0].indicator if figures else None
        misfit = first is not None and bool(measure) and not self.words.may_count(measure, first.unit, first.label)
        near = re.sub("|".join(map(re.escape, where.values())) or r"(?!)", "", place.near)
        narrowed = self._narrowed(near, figures) or period_in(place.before) or listed
        if self.titled and not where and (whose := _PLACE.match(place.near)):
            narrowed = whose[0]
        narrowed = narrowed or ("其中" if again and not where and "其中" in place.since else "")
        narrowed = narrowed or self._still_narrowed(figures, where, place, earlier)
        office = self._whose(place.near)
        return replace(
            claim, figures=figures, sure=sure, year=year, where=where, narrowed=narrowed, office=office, misfit=misfit
        )

    def _is_other_by_title(self, figure: Figure) -> bool:
        """Whether a column's title says what the indicator is not known by: 调解纠纷 under 待核实数."""
        values = self.ledgers.values.get(figure.indicator.ledger, ())
        words = sorted((*self.candidates.said[figure.indicator.id].split("|"), *values, "数"), key=len, reverse=True)
        return bool(self.title) and content(self.title, words, self.candidates.filler) >= _OTHER

    def _in_its_measure(self, figures: tuple[Figure, ...], measure: str) -> tuple[Figure, ...]:
        """Of a number that follows another's at once, the one of the ledger's indicators that its measure word fits: 演练14场、6042人次."""
        first = figures[0].indicator
        if len(figures) > 1 or self.words.may_count(measure, first.unit, first.label):
            return figures
        of_ledger = [one for one in self.ledgers.figures if one.indicator.ledger == first.ledger]
        fitting = tuple(one for one in of_ledger if self.words.alike(measure, one.indicator.unit))
        return fitting if len(fitting) == 1 else figures

    def _still_narrowed(
        self, figures: Sequence[Figure], where: Mapping[str, str], place: Place, earlier: Sequence[Claim]
    ) -> str:
        """The part that the number before spoke of, where this one tells more of it: 村级演练16场，参加1480人次."""
        last = earlier[-1] if earlier else None
        if not figures or where or last is None or not last.figures or _WHOLE.search(place.since):
            return ""
        one, other = figures[0].indicator, last.figures[0].indicator
        if one.ledger != other.ledger or one.id == other.id:
            return ""
        return last.narrowed or "、".join(last.where.values())

    def _understood(
        self, quantity: Quantity, place: Place, year: int, earlier: Sequence[Claim]
    ) -> tuple[tuple[Figure, ...], float] | None:
        """What is not named anew: the same of another year (去年为211件), a part of what was counted, the only one with its unit."""
        last, measure = (earlier[-1] if earlier else None), quantity.measure
        bare = not content(place.near.partition("|")[0], (), self.candidates.filler)
        if bare and last and last.figures and not last.change and last.year != year:
            is_alike = not measure or self.words.alike(measure, last.quantity.measure)
            return (last.figures, last.sure) if is_alike else None
        if bare and year == self.ledgers.year - 1:
            return self._said_of_this_year(measure)
        of_ledger = [figure for figure in self.ledgers.figures if figure.indicator.ledger == self.subject]
        whole = [one for one in of_ledger if one.indicator.measure == "count" and not one.indicator.where]
        if (
            whole
            and self.words.may_count(measure, whole[0].indicator.unit, "")
            and self.candidates.part(whole[0], place.near)
        ):
            return (whole[0],), WELL
        spoken = {one.figures[0].indicator.id for one in earlier if one.figures}
        same = [one for one in of_ledger if one.indicator.unit == measure and one.indicator.id not in spoken]
        is_understood = bare and len(same) == 1 and (not self.titled or self.above) and not _SUM.search(place.since)
        return ((same[0],), WELL) if is_understood else None

    def _under_topic(self, claim: Claim, around: Surroundings, place: Place) -> tuple[tuple[Figure, ...], float] | None:
        """What hardly names itself but stands under a topic: 人民调解：受理125件，成功率94.4%."""
        measure = claim.quantity.measure
        if not self.topic or content(place.near, (), self.candidates.filler) > _LITTLE:
            return None
        figures, sure = self.candidates.named(replace(around, near=f"{self.topic}{place.near}"), measure)
        is_one = len(figures) == 1 and self.words.may_count(
            measure, figures[0].indicator.unit, figures[0].indicator.label
        )
        return (figures, WELL) if is_one and sure >= WELL else None

    def _said_of_this_year(self, measure: str) -> tuple[tuple[Figure, ...], float] | None:
        """What the sentence before has counted in that measure this year: 去年同期，这一数字是62起."""
        told = [one for one in self.before if one.sure >= WELL and not one.change and one.year == self.ledgers.year]
        same = [one for one in told if self.words.alike(measure, one.quantity.measure)]
        is_one = len({figure.indicator.id for one in same for figure in one.figures}) == 1
        return (same[0].figures, WELL) if is_one and not any(one.where for one in same) else None

    def _narrowed(self, near: str, figures: Sequence[Figure]) -> str:
        own = "".join(f"{figure.indicator.label}{''.join(figure.indicator.also)}" for figure in figures)
        return narrowing(near, own, alone=len(figures) == 1)

    def _share_of(self, claim: Claim, around: Surroundings, earlier: Sequence[Claim]) -> Claim:
        """占18.4%: a part of the rows of a count, a count of one that was told before, or a rate of which that is said."""
        rates, sure = self.candidates.named(around, "%")
        if rates and sure >= WELL:
            return replace(claim, figures=rates, sure=sure)
        last = earlier[-1] if earlier else None
        if last and last.where and len(last.figures) == 1 and not last.change:
            return replace(claim, figures=(*last.figures, *last.figures), sure=WELL, where=last.where, change="share")
        for figure in self.ledgers.figures:
            is_whole = figure.indicator.measure == "count" and not figure.indicator.where
            if is_whole and (where := self.candidates.part(figure, around.near)):
                return replace(claim, figures=(figure, figure), sure=WELL, where=where, change="share")
        return self._of_counts(claim, earlier, WELL)

    def _of_counts(self, claim: Claim, earlier: Sequence[Claim], sure: float) -> Claim:
        """A percentage of the count just told in the one told first: 任务19项，完成14项，占73.7%."""
        counts = [one for one in earlier if one.sure >= WELL and len(one.figures) == 1 and not one.change]
        if len(counts) < 2 or counts[-1] is not earlier[-1] or counts[0].figures[0].indicator.ledger != self.subject:
            return claim
        part, whole = counts[-1], counts[0].figures[0]
        if not self.words.alike(part.quantity.measure, counts[0].quantity.measure):
            return claim
        return replace(claim, figures=(part.figures[0], whole), sure=sure, where=part.where, change="share")
