"""The part of an indicator's rows that a text names by values of closed lists, in full (邻里纠纷) or in short (邻里类)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.binding.wordings import wordings

# What follows a short word that names a part: 邻里类, 交通事故方面, 上门来问的; 12件邻里矛盾.
_KIND = r"(?:[两三四五六]?类|种|方面|领域|型|渠道|方式|形式|案件|纠纷|矛盾|扯皮|的事)"
_KIND_AFTER = re.compile(_KIND)
_ALONE = r"(?:[\u4e00-\u9fff]{0,3}的[有是共]?(?=[|¦])|[\u4e00-\u9fff]?了?(?=[|¦]))"
_ALONE_AFTER = re.compile(_ALONE)
_ACTOR = re.compile("(?:送|报|经|由|交|向|请|按|让|找|到)$")  # 送司法所审查: the office does it
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SEVERAL = re.compile(r"[\u4e00-\u9fff]等(?!级|候)")
_UP_TO_HERE = re.compile(r"[，。；：\d]")
_DENIED = re.compile("(?:没|未)(?:有|能|予|获)?$")
_WITHIN = 10  # characters before a value in which the words of a longer one stand
_TELLING = 4  # characters of a value by which its ledger is known


class Parts:
    """The closed lists of a year's ledgers."""

    def __init__(self, ledgers: Ledgers) -> None:
        self.ledgers, self.filler = ledgers, wordings().filler
        self.keepers: dict[str, set[str]] = {}  # ledger -> offices that sent it
        for figure in ledgers.figures:
            self.keepers.setdefault(figure.indicator.ledger, set()).update(figure.offices)
        self.among_offices = False  # offices are listed side by side: one of them is a part, not who has done it
        short = [(word, one) for one in ledgers.offices for word in {one[-2:], one[:2] + one[-1]} if len(one) > 4]
        many = Counter(word for word, _ in short)
        self.in_full = {word: one for word, one in short if many[word] == 1}
        self.offices = re.compile(rf"(?:(?<![\u4e00-\u9fff])|(?<=其中))(?:{'|'.join(map(re.escape, self.in_full))})")
        self.counted_offices = re.compile(
            rf"({'|'.join(map(re.escape, ledgers.offices)) or '(?!)'})[^，。；、\d]{{0,4}}\d"
        )
        words = {word for values in (*ledgers.values.values(), *ledgers.short.values()) for word in values}
        named = sorted((one for one in words - {*ledgers.offices} if len(one) >= _TELLING), key=len, reverse=True)
        self.telling = [*self._telling()]
        self.named = re.compile("|".join(map(re.escape, named)) or r"(?!)")

    def _telling(self) -> Iterator[tuple[str, str]]:
        """The words by which a ledger is known, each with it; places and offices are in several."""
        for ledger, values in self.ledgers.values.items():
            words = {**{value: value for value in values}, **self.ledgers.short.get(ledger, {})}
            for word, value in words.items():
                if len(word) >= _TELLING and values.get(value, "village") not in ("village", "department"):
                    yield word, ledger

    def of(self, figure: Figure, near: str) -> dict[str, str]:
        """The values, by column, that stand by a number and that the indicator does not ask for itself."""
        near, found = self.written_in_full(re.sub("[“”]", "", near)), dict[str, list[str]]()
        in_short = list(self._in_short(figure.indicator.ledger, near))
        for word, column in self._standing(figure.indicator.ledger, near):
            is_in_other = any(word in written and word != value for written, value, _ in in_short)  # 不予通过
            if self._narrows(figure, word, column) and not is_in_other:
                found.setdefault(column, []).append(word)
        short: dict[str, list[tuple[str, str]]] = {}
        for written, value, column in in_short:
            if column not in found and self._narrows(figure, value, column):
                short.setdefault(column, []).append((written, value))
        if _SEVERAL.search(near):
            return {}
        where = {column: max(words, key=len) for column, words in found.items() if is_one(words)}
        return where | {
            column: max(words, key=lambda one: len(one[0]))[1]
            for column, words in short.items()
            if len({value for _, value in words}) == 1 or is_one([written for written, _ in words])
        }

    def written_in_full(self, near: str) -> str:
        """The text with the offices' names in full where a clause begins with them in short: 其中大队19名."""
        return self.offices.sub(lambda match: self.in_full[match[0]], near) if self.in_full else near

    def side_by_side(self, sentence: str) -> bool:
        """Whether a sentence tells of several offices, each with its number: 司法所28名、党建办6名."""
        told = self.counted_offices.findall(self.written_in_full(sentence))
        return len(set(told)) > 1

    def beside(self, ledger: str, where: Mapping[str, str], before: str, since: str) -> list[str]:
        """All values of the same list that the number counts: 石桥村、柳湾村共162件; but in 18起邻里纠纷、9起物业纠纷 it is the number's before.

        Empty where it counts one alone.
        """
        clause, values = _UP_TO_HERE.split(before)[-1], self.ledgers.values.get(ledger, {})
        told = since if len(since) < len(before) else ""
        listed = [word for word, column in values.items() if column in where and word in clause]
        others = [word for word in listed if not told.startswith(word) and word not in "".join(where.values())]
        return [*others, *where.values()] if others else []

    def are_all(self, ledger: str, listed: Sequence[str]) -> bool:
        """Whether values named side by side are all that there are: 防汛、消防、地质灾害、森林防火演练."""
        values = self.ledgers.values.get(ledger, {})
        columns = {values[word] for word in listed if word in values}
        return len(columns) == 1 and {word for word, column in values.items() if column in columns} <= {*listed}

    def wholes(self, ledger: str) -> list[Figure]:
        """The indicators of a ledger that count or add up all of its rows."""
        known = [one for one in self.ledgers.figures if one.indicator.ledger == ledger]
        return [one for one in known if one.indicator.measure in ("count", "sum") and not one.indicator.where]

    def is_value(self, word: str) -> bool:
        """Whether a word is a value of some closed list, in full or in short, of a ledger that the town keeps."""
        known = (self.ledgers.values, self.ledgers.short)
        return any(word in values.get(ledger, ()) for values in known for ledger in self.keepers)

    def ledger_of(self, near: str) -> str:
        """The one ledger of whose closed lists a value stands by a number; empty where there are several or none."""
        named = {ledger for word, ledger in self.telling if word in near}
        return named.pop() if len(named) == 1 else ""

    def is_in_longer(self, ledger: str, where: Mapping[str, str], near: str) -> bool:
        """Whether what names a part is but a piece of another ledger's value: 安全生产, a kind of inspections, in 安全生产违法."""
        own = {*self.ledgers.values.get(ledger, ()), *self.ledgers.short.get(ledger, ())}
        longer = [word for word, other in self.telling if other != ledger and word in near and word not in own]
        return any(value != word and value in word for value in where.values() for word in longer)

    def short_of(self, ledger: str, near: str) -> list[str]:
        """The short words of a ledger that stand by a number as parts."""
        return [written for written, _, _ in self._in_short(ledger, near)]

    def without(self, text: str) -> str:
        """The text with nothing in place of the values: 派出所移交 is no deed of the police."""
        return self.named.sub("|", text)

    def _standing(self, ledger: str, near: str) -> Iterator[tuple[str, str]]:
        keepers = self.keepers.get(ledger, ())
        for word, column in self.ledgers.values.get(ledger, {}).items():
            at = near.find(word)
            if len(word) < 2 or at < 0:
                continue
            is_keeper = word in keepers and not (self.among_offices and len(keepers) == 1)
            if word in self.ledgers.offices and (is_keeper or _ACTOR.search(near[:at])):
                continue
            if near[:at].endswith("接待") or (
                self.filler.fullmatch(word) and not re.search(f"{word}(?:{_KIND}|{_ALONE})", near)
            ):
                continue  # 接待来访群众 and 通过法律顾问审查 are no parts
            longer = self._said_longer(ledger, word, near[:at])
            if longer != "":
                yield longer or word, column

    def _said_longer(self, ledger: str, word: str, before: str) -> str | None:
        """The longer value that is meant where its other words stand before: 附修改意见后通过; "" where the value is denied (没通过) and no other is."""
        longer = (one for one in self.ledgers.values.get(ledger, {}) if one != word and one.endswith(word))
        denied = _DENIED.search(before) is not None
        for value in longer:
            first = value[: -len(word)]
            if (first == "不" and denied) or (
                first != "不" and re.search(".*".join(map(re.escape, first)), before[-_WITHIN:])
            ):
                return value
        return "" if denied else None

    def _in_short(self, ledger: str, near: str) -> Iterator[tuple[str, str, str]]:
        values, near = self.ledgers.values.get(ledger, {}), near.replace("过来", "来")
        for word, value in self.ledgers.short.get(ledger, {}).items():
            if value in values and word in near and self._is_part(word, near):
                yield word, value, values[value]

    def _is_part(self, word: str, near: str) -> bool:
        """Whether a short word names a part: 邻里类 does anywhere, 邻里 alone where nothing else stands before it."""
        if _followed(word, near, _KIND_AFTER):
            return True
        alone = _followed(word, near, _ALONE_AFTER)
        if alone is None:
            return False
        before = re.split("[|¦]", alone.string[: alone.start() - len(word)])[-1]
        most = 3 if "的" in word + alone[0] else 1  # 网格员自己摸排出来的
        return len(_HAN.findall(self.filler.sub("", before))) <= max(most, len(word) - 2)

    def _narrows(self, figure: Figure, value: str, column: str) -> bool:
        """Whether a value makes a part of the indicator's rows, not what it asks for itself."""
        own = "".join(map(str, [*figure.indicator.where.values(), figure.indicator.label]))
        asked = figure.indicator.where.get(column)
        one_of_several = isinstance(asked, list | tuple) and len(asked) > 1 and value in asked
        return one_of_several or (value not in own and asked is None)


def _followed(word: str, near: str, after: re.Pattern[str]) -> re.Match[str] | None:
    """What stands `after` the first word that it stands after."""
    at = near.find(word)
    while at >= 0 and not after.match(near, at + len(word)):
        at = near.find(word, at + 1)
    return after.match(near, at + len(word)) if at >= 0 else None


def is_one(words: Sequence[str]) -> bool:
    """Whether all of the words lie in the longest: several values listed side by side narrow nothing."""
    longest = max(words, key=len)
    return all(word in longest for word in words)
