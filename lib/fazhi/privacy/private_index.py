"""Where private values stand in a text. The values themselves are not kept: only their keyed digests.

A name of two or three characters may be a stretch of ordinary words: 关建 in 相关建议, 金凤 in 金凤社区, 高峰. Whether it
names somebody is judged by what stands beside it; a name that makes up the whole text always does.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from fazhi.issues import MASK
from fazhi.privacy.folded_text import RUN, fold, runs, squeezed, traced, views
from fazhi.privacy.name_contexts import CONNECTORS, is_called, is_compound, is_of_a_place, is_subject
from fazhi.privacy.number_shapes import is_masked, numbers_in, phone_digits
from fazhi.privacy.words import common_words, package_words
from fazhi.workspace.key import digester

LONG = 5  # a value of so many characters is found by its first four
# A pattern that begins with the characters it may begin with is sought several times faster.
_DIGITS = re.compile(r"\d\d{6,}x?")
_APART = re.compile(
    r"[(\d](?:(?<=\()(?<![\d.]\()\d{1,8}|(?<=\d)(?<![\d.]\d)\d{0,7})(?:[ .()/-]{1,2}\d{1,8}){1,8}x?(?![\d.])"
)
_MINIMUM_INSIDE = 10  # a number this long is sought inside longer ones, a shorter one only by itself

Span = tuple[int, int, str]


@dataclass(frozen=True)
class PrivateIndex:
    """The private values of one or more years, as digests -> kind; `starts`: digest of the first four characters -> lengths."""

    key: bytes
    kinds: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    lengths: Sequence[int] = ()  # of the digits in the numbers
    own: str = ""  # the town's own words: villages, offices, heads
    printed: str = ""  # what its own report.md says

    @classmethod
    def of(cls, values: Mapping[str, str], key: bytes, own: str = "") -> "PrivateIndex":
        """From the values in the clear (`private_values`)."""
        numbers = {value for value, kind in values.items() if kind in ("identity", "phone")}
        whole = [value for value in numbers if len(value) == 18]
        # Of an identity number also area and birth date, and birth date and the rest.
        parts = {value[:14] for value in whole} | {value[6:] for value in whole}
        digest, starts = digester(key), dict[str, set[int]]()
        for value in values.keys() - numbers - parts:
            if len(value) >= LONG:
                starts.setdefault(digest(value[:4]), set()).add(len(value))
        kinds = {digest(value): kind for value, kind in values.items()}
        kinds |= dict.fromkeys(map(digest, parts), "identity")
        lengths = sorted({*map(len, numbers), *map(len, parts)})
        return cls(key, kinds, {start: sorted(found) for start, found in sorted(starts.items())}, lengths, own)

    @classmethod
    def joined(cls, parts: Sequence["PrivateIndex"], own: str) -> "PrivateIndex":
        """All parts as one; they share a key."""
        if len(parts) == 1:
            return replace(parts[0], own=own)
        kinds = {name: kind for part in parts for name, kind in part.kinds.items()}
        starts: dict[str, set[int]] = {}
        for part in parts:
            for start, found in part.starts.items():
                starts.setdefault(start, set()).update(found)
        digits = sorted({length for part in parts for length in part.lengths})
        return cls(parts[0].key if parts else b"", kinds, {s: sorted(f) for s, f in starts.items()}, digits, own)

    def without(self, words: Iterable[str]) -> "PrivateIndex":
        """The same but for values that name nobody."""
        gone = self.kinds.keys() & set(map(self._digest, words))
        return (
            replace(self, kinds={name: kind for name, kind in self.kinds.items() if name not in gone}) if gone else self
        )

    def as_json(self) -> dict[str, Any]:
        """For a file; in the order of the digests, which tells nothing of the values."""
        kinds = {name: self.kinds[name] for name in sorted(self.kinds)}
        return {"kinds": kinds, "starts": dict(self.starts), "lengths": list(self.lengths)}

    # --- searching --------------------------------------------------------------------------------------------------

    def found_in(self, texts: Iterable[str]) -> set[str]:
        """The kinds of private value that stand in the texts."""
        return {kind for _, kind in self.standing_in(texts)}

    def standing_in(self, texts: Iterable[str], *, clerks: bool = False) -> set[tuple[str, str]]:
        """The digests that stand in the texts, with their kinds; "" for a number that is masked or otherwise nobody's known.

        In a clerk's own words, which are only masked, a word that is a name is taken for one more readily.
        """
        whole = fold("\n".join(texts))
        found = {(self._name(number), kind) for number, kind in self._numbers(whole)}
        for view, least in views(whole):
            for run in self._suspects(set(runs(view))):
                found |= {(self._name(run[a:b]), kind) for a, b, kind in self._spans(run, clerks) if b - a >= least}
        return found

    def redact(self, text: str) -> str:
        """The text with every private value in it replaced."""
        if not self.standing_in([text, squeezed(text)], clerks=True) and not _shaped(text):
            return text
        places = sorted({place for view in (True, False) for place in self._places(text, view)}, reverse=True)
        for start, end in _merged(places):
            text = text[:start] + MASK + text[end:]
        return text

    def _places(self, text: str, every_space: bool) -> Iterator[tuple[int, int]]:
        """Where in `text` private values stand, as it is written there."""
        letters, origin = traced(text, every_space)
        spans = [(m.start() + a, m.start() + b) for m in RUN.finditer(letters) for a, b, _ in self._spans(m[0], True)]
        spans += [(start, end) for start, end, _, _ in numbers_in(letters)]
        for pattern in (_DIGITS, _APART):
            spans += [m.span() for m in pattern.finditer(letters) if any(self._numbers(m[0]))]
        yield from ((origin[start], origin[end - 1] + 1) for start, end in spans)

    @cached_property
    def _digest(self) -> Callable[[str], str]:
        return digester(self.key)

    def _name(self, value: str) -> str:
        name = self._digest(value)
        return name if name in self.kinds else ""

    @cached_property
    def _memo(self) -> dict[str, str | None]:
        return {}

    def _kind(self, value: str) -> str | None:
        """The kind of a value that is private."""
        if value not in self._memo:
            self._memo[value] = self.kinds.get(self._digest(value))
        return self._memo[value]

    def _long(self, run: str, start: int) -> Iterator[Span]:
        for length in self.starts.get(self._digest(run[start : start + 4]), ()) if self.starts else ():
            if start + length <= len(run) and (kind := self._kind(run[start : start + length])):
                yield start, start + length, kind

    @cached_property
    def _clean(self) -> set[str]:
        """Windows that are known to begin nothing private."""
        return set()

    def _suspects(self, runs: Iterable[str]) -> list[str]:
        """The runs that hold a private value, or a stretch of ordinary words equal to one."""
        runs = sorted(runs)
        windows = {run[at : at + size] for size in (2, 3, 4) for run in runs for at in range(len(run) - size + 1)}
        suspects = []
        for window in windows - self._clean:
            name = self._digest(window)
            if name in self.kinds or name in self.starts:
                suspects.append(window)
            else:
                self._clean.add(window)
        holds_one = re.compile("|".join(map(re.escape, sorted(suspects)))).search
        return [run for run in runs if holds_one(run)] if suspects else []

    def _spans(self, run: str, clerks: bool) -> list[Span]:
        """Where private values stand in a run of characters."""
        found: list[Span] = []
        for start in range(len(run) - 1):
            sizes = range(2, min(4, len(run) - start) + 1)
            found += [(start, start + n, kind) for n in sizes if (kind := self._kind(run[start : start + n]))]
            found += self._long(run, start)
        plain = [span for span in found if not self._ordinary(run, span)]
        others = found if clerks else plain
        return plain + [s for s in found if s not in plain and self._stands_as_a_name(run, s, others, clerks)]

    def _stands_as_a_name(self, run: str, span: Span, others: Sequence[Span], clerks: bool) -> bool:
        """Whether a word that is also a name stands as one: alone, or joined to another name (高峰与李四)."""
        start, end, _ = span
        if is_compound(run[end:]) or is_of_a_place(run[start:end], run[end:]):
            return False
        if clerks and is_subject(run[:start], run[end:]):
            return True
        if not clerks and self._is_printed(run[max(0, start - 2) : end + 2]):
            return False
        before, after = run[:start].rstrip(CONNECTORS), run[end:].lstrip(CONNECTORS)
        beyond = len(run) - len(after)
        joined = any(b == len(before) < start or a == beyond > end for a, b, _ in others)
        if joined or is_called(run[:start], run[end:]):
            return True
        alone = not (before.rpartition("·")[2] or after.partition("·")[0])  # a point may end a sentence
        return alone and not self._is_said(run[start:end])

    def _is_said(self, word: str) -> bool:
        """Whether a word in frequent use is also one that stands in our own or the town's own texts: 平台."""
        return word in common_words() and self._is_printed(word)

    def _is_printed(self, words: str) -> bool:
        return self._ours(words) or words in self.printed

    def _ordinary(self, run: str, span: Span) -> bool:
        """Whether the value is likely a stretch of other words here."""
        start, end, _ = span
        value, left, right = run[start:end], run[max(0, start - 1) : start], run[end : end + 1]
        if len(value) >= LONG or not (left or right):
            return len(value) < LONG and self._is_said(value)
        words = common_words()
        if is_of_a_place(value, run[end:]):
            return True
        if value in words or value in self.own or self._ours(left + value + right) or self._cuts_a_term(run, span):
            return True
        rest = value[1:]
        return left + value[0] in words and (rest in words or (rest[-1] + right in words and len(rest) == 1))

    def _cuts_a_term(self, run: str, span: Span) -> bool:
        """Whether part of the value belongs to one of the town's own terms here: 向平 in 请向平安法治办补收."""
        start, end, _ = span
        for term in self._terms:
            at = run.find(term, max(0, start - len(term) + 1), end + len(term) - 1)
            if at >= 0 and not start <= at <= at + len(term) <= end:
                return True
        return False

    @cached_property
    def _terms(self) -> list[str]:
        return [term for term in self.own.split("|") if len(term) > 2]

    def _ours(self, words: str) -> bool:
        if words not in self._own_memo:
            self._own_memo[words] = words in self.own or words in package_words()
        return self._own_memo[words]

    @cached_property
    def _own_memo(self) -> dict[str, bool]:
        return {}

    def _numbers(self, text: str) -> Iterator[tuple[str, str]]:
        for run in set(_DIGITS.findall(text)):
            for length in self.lengths:
                inside = length >= _MINIMUM_INSIDE
                for start in range(len(run) - length + 1) if inside else (0,) if len(run) == length else ():
                    if kind := self._kind(run[start : start + length]):
                        yield run[start : start + length], kind
        for written in set(_APART.findall(text)):
            number = re.sub("[^0-9x]", "", written)
            for digits in {number, phone_digits(number)}:
                if len(digits) in self.lengths and (kind := self._kind(digits)):
                    yield digits, kind
        if is_masked(text):
            yield "", "masked"


def _shaped(text: str) -> bool:
    return bool(numbers_in(fold(text)))


def _merged(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping places as one; from the last to the first, as given."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged[::-1]
