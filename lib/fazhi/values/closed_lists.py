"""Names written many ways: vocabulary values, villages, offices. Certain matches are made, doubtful ones only offered.

A match is certain when the written text is a known name, a listed synonym, or differs from one only in what carries
no meaning (width, spaces, brackets, numbering, 纠纷/类, 村/社区, the town's name). A changed character is never
bridged: 群众来电 is not 群众来访, 未成功 is not 成功.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.models import Column, Unit
from fazhi.dictionary.yaml_reading import nearest
from fazhi.values.normalise import bare, compact

_NUMBERING = re.compile(r"^(?:\(?\d{1,2}\)|\d{1,2}[.、:)]|[a-z][.、:)])(?=\D)")
_NOTE = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]$")
_FORMAL = re.compile(r"^予以|(?<=^不)予|(?<=.{3})案$")  # 予以保留 is 保留, 不予通过 is 不通过, 占道经营案 is 占道经营
_NEGATION = re.compile(r"[未不无非没否]")

# What may be added to or left out of a vocabulary value without changing it.
_VALUE_AFFIXES = ("类矛盾纠纷", "矛盾纠纷", "类纠纷", "类案件", "纠纷", "矛盾", "案件", "类型", "类别", "类")
_OFFICE_AFFIXES = ("办公室", "办")
_SHORTEST = 2  # letters of a shortened name
_VILLAGE_AFFIXES = (
    "社区居民委员会",
    "村村民委员会",
    "村民委员会",
    "居民委员会",
    "社区居委会",
    "村村委会",
    "村委会",
    "居委会",
    "社区",
    "村",
)


@dataclass(frozen=True)
class Match:
    """What a written name means: `value` where certain, else None with the nearest known names."""

    value: str | None
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The known spellings of a closed list: `exact` by bare text, `trimmed` with affixes taken off."""

    names: tuple[str, ...]
    exact: Mapping[str, str]
    trimmed: Mapping[str, str]
    accepted: Mapping[str, str] = field(default_factory=dict)
    affixes: tuple[str, ...] = _VALUE_AFFIXES
    short: bool = False  # whether a name may be shortened, as people do with an office's: 执法队, 规环办
    _met: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def match(self, text: str) -> Match:
        """The value that `text` certainly means, or the nearest ones."""
        value = self.certain(text)
        return Match(value, () if value is not None else tuple(nearest(compact(text), self.names, least=0)))

    def certain(self, text: str) -> str | None:
        """The value that `text` certainly means."""
        if text not in self._met:
            self._met[text] = self._certain(text)
        return self._met[text]

    def _certain(self, text: str) -> str | None:
        accepted = self.accepted.get(compact(text))
        if accepted is not None:
            return accepted
        known = (self.exact.get(form) or self.trimmed.get(trim(form, self.affixes)) for form in _forms(text))
        return next(
            (value for value in known if value is not None), self._lengthened(bare(text)) if self.short else None
        )

    def _lengthened(self, text: str) -> str | None:
        """The one name of the list that has these letters in order and begins or ends with them; None where several do."""
        found = [name for name in self.names if _shortens(text, name)] if len(text) >= _SHORTEST else []
        return found[0] if len(found) == 1 else None


def _shortens(text: str, name: str) -> bool:
    rest = iter(name)
    return (text[0] == name[0] or text[-1] == name[-1] or text in name) and all(letter in rest for letter in text)


def _forms(text: str) -> Iterable[str]:
    """The text as written, without leading numbering, a closing note in brackets that negates nothing, 案, 予以."""
    key = compact(text)
    unnumbered = _NUMBERING.sub("", key)
    yield bare(key) or key
    yield bare(unnumbered)
    if (plain := _FORMAL.sub("", bare(unnumbered))) != bare(unnumbered):
        yield plain
    note = _NOTE.search(unnumbered)
    if note and note.start() and not _NEGATION.search(note.group()):
        yield bare(unnumbered[: note.start()])


def trim(text: str, affixes: Iterable[str]) -> str:
    """`text` without the first of `affixes` that it ends with; never to nothing."""
    for affix in affixes:
        if text.endswith(affix) and len(text) > len(affix):
            return text[: -len(affix)]
    return text


def vocabulary(
    spellings: Mapping[str, Iterable[str]], accepted: Mapping[str, str], affixes: tuple[str, ...]
) -> Vocabulary:
    """A vocabulary from canonical values and their synonyms. A trimmed form that two values share decides nothing."""
    exact, trimmed = _keys(tuple((value, tuple(synonyms)) for value, synonyms in spellings.items()), affixes)
    return Vocabulary(tuple(spellings), exact, trimmed, {compact(k): v for k, v in accepted.items()}, affixes)


@lru_cache(maxsize=512)  # the dictionary's lists are the same in every notebook and town
def _keys(
    spellings: Sequence[tuple[str, Sequence[str]]], affixes: Sequence[str]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """`exact` and `trimmed` of a vocabulary."""
    exact = {bare(name) or compact(name): value for value, synonyms in spellings for name in (value, *synonyms)}
    trimmed: dict[str, str | None] = {}
    for name, value in exact.items():
        key = trim(name, affixes)
        trimmed[key] = value if trimmed.get(key, value) == value else None
    return exact, {key: value for key, value in trimmed.items() if value is not None}


def _accepted(aliases: Aliases, key: str) -> dict[str, str]:
    """Spellings an analyst accepted for `ledger.column`; one that means nothing is left to the reader of cells."""
    return {written: str(means) for written, means in aliases.values.get(key, {}).items() if means is not None}


def _named(spellings: Mapping[str, str | None]) -> dict[str, str]:
    """The spellings that name something; one that names nothing of the town is left to the reader of cells."""
    return {written: name for written, name in spellings.items() if name is not None}


def column_vocabulary(key: str, column: Column, aliases: Aliases) -> Vocabulary:
    """The vocabulary of `ledger.column` with the analyst's accepted spellings."""
    accepted = _accepted(aliases, key)
    return vocabulary(column.values, accepted, _VALUE_AFFIXES)


def office_vocabulary(unit: Unit, aliases: Aliases, key: str = "") -> Vocabulary:
    """The unit's offices; 办 and 办公室 are one, the town's name may stand before."""
    spellings = {office: (f"{unit.name}{office}", f"{unit.name}人民政府{office}") for office in unit.offices}
    accepted = {**_named(aliases.offices), **_accepted(aliases, key)}
    return replace(vocabulary(spellings, accepted, _OFFICE_AFFIXES), short=True)


@dataclass(frozen=True)
class Villages:
    """The unit's villages: by full name, by stem where one village alone has it, and by stem and kind (村, 居)."""

    names: tuple[str, ...]
    town: str
    full: Mapping[str, str]
    stems: Mapping[str, tuple[str, ...]]
    accepted: Mapping[str, str]

    def match(self, text: str) -> Match:
        """The village that `text` certainly names, or the nearest ones."""
        value = self.certain(text)
        return Match(value, () if value is not None else tuple(nearest(bare(text), self.names, least=0)))

    def certain(self, text: str) -> str | None:
        """The village that `text` certainly names: itself, without the town before it, or with a group behind it."""
        accepted = self.accepted.get(compact(text))
        if accepted is not None:
            return accepted
        key = bare(text)
        place = _after_town(key, self.town)
        forms = dict.fromkeys((key, place, _without_group(key), _without_group(place)))
        return next((found for form in forms if (found := self.full.get(form) or self._by_stem(form))), None)

    def _by_stem(self, form: str) -> str | None:
        stem = trim(form, _VILLAGE_AFFIXES)
        candidates = self.stems.get(stem, ())
        if form != stem:
            candidates = tuple(name for name in candidates if _village_kind(bare(name)) == _village_kind(form))
        return candidates[0] if len(candidates) == 1 else None


_GROUP = re.compile(
    r"^(.+?(?:村|社区|居委会))(?:第?[\d一二三四五六七八九十]+(?:村民小组|居民小组|小组|组|网格|社|队|号|栋|幢|单元|室|楼)(?:\d+号?)?)+$"
)


def _without_group(text: str) -> str:
    found = _GROUP.match(text)
    return found.group(1) if found else text


def _after_town(text: str, town: str) -> str:
    """What follows the town's name (in full, without 镇/乡/街道, or as 本镇), whatever province and county stand before."""
    stem = re.sub(r"(?:镇|乡|街道)$", "", bare(town))
    found = re.match(
        rf"^(?:.*[省市区县州旗])?(?:{re.escape(bare(town))}|{re.escape(stem)}|[本我][镇乡])(?=.{{2}})", text
    )
    return text[found.end() :] if found else text


def _village_kind(name: str) -> str:
    return "居" if name.endswith(("社区", "居委会", "居民委员会")) else "村"


@cache
def _village_index(names: tuple[str, ...]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    stems: dict[str, tuple[str, ...]] = {}
    for name in names:
        stem = trim(bare(name), _VILLAGE_AFFIXES)
        stems[stem] = (*stems.get(stem, ()), name)
    return {bare(name): name for name in names}, stems


def villages(unit: Unit, aliases: Aliases, key: str = "") -> Villages:
    """The matcher for the unit's villages with the analyst's accepted spellings."""
    full, stems = _village_index(unit.villages)
    accepted = {**_named(aliases.villages), **_accepted(aliases, key)}
    return Villages(unit.villages, unit.name, full, stems, {compact(k): v for k, v in accepted.items()})


def spellings_of(column: Column, known: Vocabulary | Villages | None) -> dict[str, tuple[str, ...]]:
    """Each value of a closed list with the ways of writing it."""
    if column.kind == "vocabulary":
        return {value: (value, *others) for value, others in column.values.items()}
    return {value: (value,) for value in known.names} if known is not None else {}
