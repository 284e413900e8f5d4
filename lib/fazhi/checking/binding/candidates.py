"""The indicators that are named around a number, by the words of their entries, never by value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.binding.names import PERHAPS, WELL, NameFit, Surroundings, content, likeness, names_of, pairs
from fazhi.checking.binding.parts import Parts
from fazhi.checking.binding.wordings import wordings

_EACH = re.compile(r"(?<!平)均[配有实具达]|每[个一科]|各(?:有|配)|最少")
_ALONE = ("%", "元", "类")  # nothing else is counted in them
_LIKELY, _RIVAL = 0.42, 0.86
_BODY = re.compile(
    r"(委员会|调委会|调解组织|[\u4e00-\u9fff]室|[\u4e00-\u9fff]员|队伍?|中心|平台)(?:现|已|共|有|达|为|计|建成|的)*$"
)
_OF_BODIES = ("个", "支", "家", "处", "人", "名", "位")  # 人民调解委员会10个
_MUCH_SAID = 4  # characters of a name that say more than a measure word that fits
_BESIDE = 5  # characters
_OTHER = 2  # characters of a column's title that no indicator explains


class Candidates:
    """A year's indicators, to be found by what stands around a number."""

    def __init__(self, ledgers: Ledgers) -> None:
        self.ledgers, self.words, self.parts = ledgers, wordings(), Parts(ledgers)
        self.names = {figure.indicator.id: names_of(figure.indicator) for figure in ledgers.figures}
        self.known_by: dict[str, set[str]] = {}  # word -> indicators
        for indicator, names in self.names.items():
            for word in (one for name in names for alternatives in name.words for one in alternatives):
                self.known_by.setdefault(word, set()).add(indicator)
        self.said = {
            name: "|".join(one for known in names for word in known.words for one in word)
            for name, names in self.names.items()
        }
        self.of_ledger: dict[str, list[str]] = {}
        for figure in ledgers.figures:
            self.of_ledger.setdefault(figure.indicator.ledger, []).append(figure.indicator.id)
        held, total = ledgers.bigrams(), max(1, len(ledgers.figures))
        self.labels = {
            figure.indicator.id: {
                pair: log(1 + total / held[pair]) for pair in pairs(self.words.plain(figure.indicator.label))
            }
            for figure in ledgers.figures
        }
        places = {word for values in ledgers.values.values() for word, column in values.items() if column == "village"}
        known = sorted({*ledgers.offices, *places, *filter(None, [ledgers.town])}, key=len, reverse=True)
        self.filler = re.compile("|".join([*map(re.escape, known), self.words.filler.pattern]))

    def named(self, around: Surroundings, measure: str | None) -> tuple[tuple[Figure, ...], float]:
        """The indicators that are named around a number, the likeliest first, and how well."""
        fits = list(self._fits(around, measure))
        if not fits:
            return (), 0.0
        best = max(self._rank(fit, figure, measure) for fit, figure in fits)
        rivals = [(fit, figure) for fit, figure in fits if self._rank(fit, figure, measure) == best]
        exact = [pair for pair in rivals if pair[1].indicator.unit == measure]
        rivals = exact if len(exact) == 1 else rivals
        kept = [pair for pair in rivals if self._is_keepers(pair[1], around)]
        rivals = kept if around.titled and len(kept) == 1 else rivals
        return tuple(figure for _, figure in rivals), min(fit.sure for fit, _ in rivals)

    def _is_keepers(self, figure: Figure, around: Surroundings) -> bool:
        """Whether the office that keeps the indicator's ledger is named above or beside a row."""
        keeper = self.ledgers.keepers.get(figure.indicator.ledger, "")
        return bool(keeper) and keeper in around.head

    def _rank(self, fit: NameFit, figure: Figure, measure: str | None) -> tuple[bool, bool, bool, int, float]:
        unit, label = figure.indicator.unit, figure.indicator.label
        fitting = not measure or self.words.may_count(measure, unit, label)
        is_well = fit.sure >= WELL
        return fitting and is_well, is_well and fit.said >= _MUCH_SAID, fitting, fit.said, fit.sure

    def _fits(self, around: Surroundings, measure: str | None) -> Iterator[tuple[NameFit, Figure]]:
        """Each possible indicator with its best name; where no name fits, those whose labels are like what is written."""
        words = around.words(self.known_by, measure or "")
        possible = [figure for figure in self.ledgers.figures if self.may_be(figure, around.near, measure)]
        reached: set[str] = set().union(*(self.known_by[word] for word in words[0]))
        found = []
        for figure in possible:
            if figure.indicator.id in reached:
                names = self.names[figure.indicator.id]
                fit = max((name.fit(around, words, self.filler) for name in names), key=_well)
                if fit.sure < WELL and around.titled:
                    fit = max(fit, self._in_short(figure, around), self._by_a_word(figure, around, measure), key=_well)
                if fit.sure:
                    found.append((_less(fit) if self.foreign(figure, fit.words, around.near) else fit, figure))
        yield from found or self._alike(around, possible)

    def _in_short(self, figure: Figure, around: Surroundings) -> NameFit:
        """How well a title beside the name of the office that keeps the ledger names it in part: 司法所 咨询, 清理文件."""
        own, title = self.said[figure.indicator.id].split("|"), around.near.partition("|")[0]
        keeper = self.ledgers.keepers.get(figure.indicator.ledger, "")
        words = [word for word in sorted(own, key=len, reverse=True) if word in title]
        left = re.findall(r"[\u4e00-\u9fff]+", self.filler.sub("|", re.sub("|".join(words) or r"(?!)", "|", title)))
        office = [one for one in left if len(one) > 1 and one in keeper]
        left = [one for one in left if one not in office]
        is_of_office = bool(keeper) and bool(office or keeper in around.head)
        is_all = bool(words) and is_of_office and all(any(one in word for word in own) for one in left)
        return NameFit(WELL if is_all else 0.0, sum(map(len, {*words, *left})), tuple(words))

    def _by_a_word(self, figure: Figure, around: Surroundings, measure: str | None) -> NameFit:
        """How well a title of one word names what a ledger counts, where nothing else is known by it: 咨询（件次）."""
        title = around.near.partition("|")[0]
        word = "".join(re.findall(r"[\u4e00-\u9fff]+", self.filler.sub("|", title)))
        known = self.known_by.get(word, set())
        is_one = {one.partition(".")[0] for one in known} == {figure.indicator.ledger}
        is_whole = figure in self.parts.wholes(figure.indicator.ledger) and not self.parts.is_value(word)
        fits = bool(measure) and is_one and is_whole and self.words.alike(measure or "", figure.indicator.unit)
        return NameFit(WELL if fits else 0.0, len(word), (word,))

    def _alike(self, around: Surroundings, possible: Sequence[Figure]) -> Iterator[tuple[NameFit, Figure]]:
        close, far = (set(pairs(self.words.plain(text))) for text in (around.near, around.far + around.head))
        scores = [(likeness(self.labels[figure.indicator.id], close, far), figure) for figure in possible]
        best = max((score for score, _ in scores), default=0.0)
        for score, figure in scores:
            if score >= max(_LIKELY, best * _RIVAL):
                yield NameFit(min(score, PERHAPS) if figure.indicator.also else score, 0), figure

    def foreign(self, figure: Figure, words: Sequence[str], near: str) -> bool:
        """Whether another thing stands there as well, which the indicator is not known by: 排查矛盾纠纷隐患."""
        own = self.said[figure.indicator.id]
        for word in (*words, *self.ledgers.values.get(figure.indicator.ledger, ())):
            near = near.replace(word, "|")
        return any(thing in near for thing in self.words.things if thing not in own)

    def ledger_of(self, title: str) -> str:
        """The one ledger whose indicators are known by all words of a title that any is known by: 四、咨询, 演练分类型."""
        title = self.filler.sub("|", title)
        words = [word for word in self.known_by if word in title]
        words = [word for word in words if not any(word != other and word in other for other in words)]
        named = [{indicator.partition(".")[0] for indicator in self.known_by[word]} for word in words]
        common = set[str].intersection(*named) if named else set[str]()
        return common.pop() if len(common) == 1 else ""

    def spoken_in(self, topic: str) -> list[str]:
        """The words of a topic by which an indicator is known, or another thing is."""
        return [word for word in {**dict.fromkeys(self.known_by), **dict.fromkeys(self.words.things)} if word in topic]

    def counts_other(self, figure: Figure, near: str) -> bool:
        """Whether what stands right by the number is what it counts, and the indicator does not: 在8个村调解纠纷, 人民调解委员会10个."""
        left, _, right = near.partition("|")
        found, said = (self.words.counted.match(right), self.words.bodies.search(left)), self.said[figure.indicator.id]
        return any(one is not None and one[0] not in said for one in found)

    def may_be(self, figure: Figure, near: str, measure: str | None) -> bool:
        """Whether a measure word and 均 leave an indicator possible."""
        unit = figure.indicator.unit
        if not measure:
            return True
        body = _BODY.search(near.partition("|")[0]) if measure in _OF_BODIES else None
        if body and body[1] not in self.said[figure.indicator.id]:
            return False
        if (unit in _ALONE or measure in (*_ALONE, "百分点")) and unit != measure:
            return False
        if figure.indicator.measure == "columns" and not self._is_beside(figure, near):
            return False
        return (figure.indicator.measure == "least") == bool(_EACH.search(near)) or unit == "%"

    def is_other_by_title(self, figure: Figure, title: str) -> bool:
        """Whether a column's title says what the indicator is not known by: 调解纠纷 under 待核实数."""
        values = self.ledgers.values.get(figure.indicator.ledger, ())
        known = (self.said[name] for name in self.of_ledger[figure.indicator.ledger])
        keeper = self.ledgers.keepers.get(figure.indicator.ledger, "")
        offices = (keeper[at : at + size] for size in range(2, len(keeper)) for at in range(len(keeper) - size + 1))
        words = sorted((*"|".join(known).split("|"), *values, *offices, "数"), key=len, reverse=True)
        return bool(title) and content(title, words, self.filler) >= _OTHER

    def office_in(self, near: str) -> str:
        """The office that is named."""
        offices = (
            name
            for name in self.ledgers.offices
            if re.search(rf"(?<![送报经由交向请按找到]){re.escape(name)}(?!牵头|会同|联合)", near)
        )
        return next(offices, "")

    def in_its_measure(self, figures: tuple[Figure, ...], measure: str) -> tuple[Figure, ...]:
        """Of a number that follows another's at once, the one of the ledger's indicators that its measure word fits: 演练14场、6042人次."""
        first = figures[0].indicator
        if len(figures) > 1 or self.words.may_count(measure, first.unit, first.label):
            return figures
        of_ledger = [one for one in self.ledgers.figures if one.indicator.ledger == first.ledger]
        fitting = tuple(one for one in of_ledger if self.words.alike(measure, one.indicator.unit))
        return fitting if len(fitting) == 1 else figures

    def _is_beside(self, figure: Figure, near: str) -> bool:
        """Whether what is listed stands right by the number: 5项法定程序 and 程序共5项, but not 43件事项纳入程序管理."""
        left, bar, right = near.partition("|")
        last = {word for name in self.names[figure.indicator.id] for word in name.words[-1]}
        for word in ("行政", *(one for name in self.names[figure.indicator.id] for one in name.words[0])):
            right = right.replace(word, "", 1)
        return not bar or any(word in left[-_BESIDE:] or word in right[:_BESIDE] for word in last)


def _less(fit: NameFit) -> NameFit:
    return replace(fit, sure=min(fit.sure, PERHAPS))


def _well(fit: NameFit) -> tuple[bool, int, float]:
    return fit.sure >= WELL, fit.said, fit.sure
