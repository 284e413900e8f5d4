"""What each quantity of a draft speaks of: an indicator, its year, a part of its rows, or a change against the year before.

Bound by words: how much of an indicator's name stands near the number, pairs of characters weighed by how few indicators
have them. Never by value.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log

from fazhi.checking.context import AGAINST, Change, change_in, is_one, narrowing, period_in, surroundings
from fazhi.checking.known_figures import Figure, Ledgers, Wordings, pairs, wordings
from fazhi.checking.quantities import Quantity, find_quantities

_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?\n]?")
_UP_TO = re.compile(r"(?:增|升|降|减|提高|增加|上升|下降|减少|增长)(?:至|到|为)(?:\d{4}年)?的?$")
_SHARE = re.compile(r"占(?:比|总数|全部|总量|全年)?(?:的|比例)?(?:为|达|达到|约)?$")
_FOLLOWS = re.compile(r"覆盖|惠及|受众|参与|参加|参训|参演|受益|受教育")
_EACH = re.compile(r"均[配有实具达]|每[个一科]|各(?:有|配)")
_PEOPLE = frozenset({"人", "人次", "名", "位"})
_FROM = re.compile(r"(?:由|从)(?:上年|去年|\d{4}年)?的?$")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年)(?!.*(?:较|比|相比))")
_YEAR = re.compile(r"(20\d\d)年")
_PART = re.compile(r"\s*(?:第?[一二三四五六七八九十]+[、部章.．]|[0-9]+[、.．])")
_NAMED_WELL, _LIKELY, _RIVAL = 0.6, 0.42, 0.86


@dataclass(frozen=True)
class Claim:
    """A quantity with what it speaks of.

    `figures` are the indicators it may speak of, the likeliest first: none, one, or several that fit as well. `sure` is how
    much of the first one's name stands near the number (0-1). `where` narrows it to a part of the rows; `narrowed` says
    that it speaks of a part that the ledgers cannot count.
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
    office: str = ""  # whose part of the figure is meant, where an office is named
    misfit: bool = False  # the measure word is another family's


def bind(text: str, ledgers: Ledgers) -> list[Claim]:
    """The claims of a text, in order."""
    binder = _Binder(ledgers, wordings())
    quantities = find_quantities(text)
    starts = [quantity.start for quantity in quantities]
    claims: list[Claim] = []
    heading, planned = "", False
    for match in _SENTENCE.finditer(text):
        inside = quantities[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
        if not inside and len(match[0]) < 60 and match[0].endswith("\n"):
            heading = match[0]
            planned = _is_plan(heading, ledgers.year) if _PART.match(heading) else planned
        if planned:
            inside = [replace(quantity, kind="norm_or_plan") for quantity in inside]
        claims += binder.sentence(match[0], match.start(), inside, heading)
    return claims


def _is_plan(heading: str, year: int) -> bool:
    """Whether a part of the draft tells what is to be done: 四、2026年推进法治政府建设的主要安排."""
    later = any(int(named) > year for named in _YEAR.findall(heading))
    return later or bool(re.search(r"下一步|下步|打算|工作安排|主要安排|工作计划|思路", heading))


class _Binder:
    """Binds sentence by sentence; a change speaks of the indicator bound before it."""

    def __init__(self, ledgers: Ledgers, words: Wordings) -> None:
        self.ledgers, self.words = ledgers, words
        held, total = ledgers.bigrams(), max(1, len(ledgers.figures))
        self.weights = {pair: log(1 + total / count) for pair, count in held.items()}
        self.names = {
            figure.indicator.id: [pairs(words.plain(name)) for name in figure.names] for figure in ledgers.figures
        }

    def sentence(self, sentence: str, start: int, inside: Sequence[Quantity], heading: str) -> list[Claim]:
        claims: list[Claim] = []
        for number, quantity in enumerate(inside):
            near, wide = surroundings(sentence, start, inside, number)
            before = sentence[: quantity.start - start]
            if claims and claims[-1].figures and _UP_TO.search(before):
                claims.append(replace(claims[-1], quantity=quantity, year=self.ledgers.year, change=""))
            elif change := change_in(before, quantity):
                claims.append(self._change(quantity, sentence, start, claims, change, near, wide))
            else:
                told = next((one.figures[0].indicator.ledger for one in reversed(claims) if one.figures), "")
                claims.append(self._plain(quantity, sentence, start, near, wide + heading, before, told))
        return claims

    def _change(
        self,
        quantity: Quantity,
        sentence: str,
        start: int,
        earlier: Sequence[Claim],
        change: Change,
        near: str,
        wide: str,
    ) -> Claim:
        bound = next((claim for claim in reversed(earlier) if claim.figures and not claim.change), None)
        if bound is not None:
            return Claim(
                quantity,
                sentence,
                start,
                bound.figures,
                bound.sure,
                self.ledgers.year,
                bound.where,
                bound.narrowed,
                change,
            )
        figures, sure = self._candidates(near, wide, None)
        return Claim(
            quantity,
            sentence,
            start,
            figures,
            sure,
            self.ledgers.year,
            narrowed=narrowing(near, figures),
            change=change,
        )

    def _plain(
        self, quantity: Quantity, sentence: str, start: int, near: str, wide: str, before: str, told: str
    ) -> Claim:
        if _SHARE.search(before) and quantity.measure == "%":
            return self._share_of(quantity, sentence, start, near, wide)
        figures, sure = self._candidates(near, wide, quantity.measure, told)
        misfit = bool(figures) and not self.words.alike(quantity.measure, figures[0].indicator.unit)
        where = self._part(figures[0], near) if figures else {}
        narrowed = "" if where else narrowing(near, figures) or period_in(before)
        office = next((name for name in self.ledgers.offices if name in near), "")
        year = self._year(before, near)
        return Claim(quantity, sentence, start, figures, sure, year, where, narrowed, "", office, misfit)

    def _share_of(self, quantity: Quantity, sentence: str, start: int, near: str, wide: str) -> Claim:
        """占18.4%: a part of the rows of a count, or a rate whose own name says 占."""
        rates, sure = self._candidates(near, wide, "%")
        if rates and sure >= _NAMED_WELL and any("占" in name for name in rates[0].names):
            return Claim(quantity, sentence, start, rates, sure, self.ledgers.year)
        for figure in self.ledgers.figures:
            where = (
                self._part(figure, near) if figure.indicator.measure == "count" and not figure.indicator.where else {}
            )
            if where:
                return Claim(
                    quantity, sentence, start, (figure,), _NAMED_WELL, self.ledgers.year, where, change="share"
                )
        return Claim(quantity, sentence, start)

    def _candidates(
        self, near: str, wide: str, measure: str | None, told: str = ""
    ) -> tuple[tuple[Figure, ...], float]:
        """The indicators whose names stand near, the likeliest first; the ledger `told` of before is likelier."""
        close, far = set(pairs(self.words.plain(near))), set(pairs(self.words.plain(wide)))
        follows = told if measure in _PEOPLE and _FOLLOWS.search(near) else ""
        scored = []
        for figure in self.ledgers.figures:
            if not self._may_be(figure, near, measure, follows):
                continue
            worth = 0.75 if follows else 0.45
            score = max(self._share(name, close, far, worth) for name in self.names[figure.indicator.id])
            if follows:
                score = max(score, _NAMED_WELL)
            elif measure is not None and not self.words.alike(measure, figure.indicator.unit):
                score *= 0.75
            if score >= _LIKELY:
                scored.append((score, figure))
        if not scored:
            return (), 0.0
        exact = [pair for pair in scored if pair[1].indicator.unit == measure]
        scored = sorted(exact or scored, key=lambda pair: (-pair[0], pair[1].indicator.id))
        best = scored[0][0]
        rivals = [(score, figure) for score, figure in scored if score >= best * _RIVAL]
        return self._most_said(rivals, close), best

    def _most_said(self, rivals: Sequence[tuple[float, Figure]], close: set[str]) -> tuple[Figure, ...]:
        """Of names that fit as well, the one that says most: 重大合同审查 before 合同审查 where 重大 stands there."""
        said = [(max(self._weight(name, close) for name in self.names[one.indicator.id]), one) for _, one in rivals]
        said.sort(key=lambda pair: -pair[0])
        if (
            len(said) > 1
            and said[0][0] > 1.15 * said[1][0]
            and {f.indicator.id: s for s, f in rivals}[said[0][1].indicator.id] > 0.85
        ):
            return (said[0][1],)
        return tuple(figure for _, figure in rivals)

    def _weight(self, name: Sequence[str], close: set[str]) -> float:
        return sum(self.weights[pair] for pair in name if pair in close)

    def _may_be(self, figure: Figure, near: str, measure: str | None, follows: str) -> bool:
        """Whether a measure word, 均 and what was spoken of before leave an indicator possible."""
        unit = figure.indicator.unit
        if measure is None:
            return True
        if (unit in ("%", "元") or measure in ("%", "元", "百分点")) and unit != measure:
            return False
        if follows and self._counts_people(follows):
            return figure.indicator.ledger == follows and unit in _PEOPLE
        return (figure.indicator.measure == "least") == bool(_EACH.search(near)) or unit == "%"

    def _counts_people(self, ledger: str) -> bool:
        return any(one.indicator.ledger == ledger and one.indicator.unit in _PEOPLE for one in self.ledgers.figures)

    def _share(self, name: Sequence[str], close: set[str], far: set[str], far_worth: float) -> float:
        whole = sum(self.weights[pair] for pair in name) or 1.0
        return (
            sum(self.weights[pair] * (1.0 if pair in close else far_worth if pair in far else 0.0) for pair in name)
            / whole
        )

    def _part(self, figure: Figure, near: str) -> dict[str, str]:
        """The values of closed lists that stand by the number, and that the indicator does not ask for itself."""
        own = "".join(map(str, [*figure.indicator.where.values(), *figure.names]))
        found: dict[str, list[str]] = {}
        for word, column in self.ledgers.values.get(figure.indicator.ledger, {}).items():
            if len(word) > 1 and word in near and word not in own and column not in figure.indicator.where:
                found.setdefault(column, []).append(word)
        several = re.search(r"[\u4e00-\u9fff]等(?!级|候)", near)
        return {} if several else {column: max(words, key=len) for column, words in found.items() if is_one(words)}

    def _year(self, before: str, near: str) -> int:
        clause = re.split(r"[。；;]", before)[-1]
        named = [int(year) for year in _YEAR.findall(clause)]
        if _FROM.search(before) or (_LAST_YEAR.search(clause) and not AGAINST.search(clause)):
            return self.ledgers.year - 1
        if named and not re.search(r"(?:较|比|与|同)20\d\d年", clause):
            return named[-1]
        return self.ledgers.year


def is_named_well(claim: Claim) -> bool:
    """Whether so much of the indicator's name stands by the number that another value is wrong, not another thing."""
    return claim.sure >= _NAMED_WELL and len(claim.figures) == 1
