"""What in the raw ledgers is private: names, identity numbers and phones, wherever in a file they stand.

Sought are the private columns of every row whatever its fate, unknown columns whose title tells of people, names that
sign a ledger (填表人：…), and numbers with the shape of an identity number or a phone in any cell of any sheet.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, repeat

from fazhi.dictionary.models import Column
from fazhi.intake import Cell, RawSheet
from fazhi.privacy.number_shapes import numbers_in, phone_digits
from fazhi.privacy.words import HAN, begins_with_surname, closed_dots, is_word, one_dot, title_words
from fazhi.recognition.headers import Table
from fazhi.recognition.rows import cells_at, entries
from fazhi.recognition.survey import Survey
from fazhi.town_year import TownSettings
from fazhi.values.normalise import compact, normalise

_NO_DIGIT = re.compile(r"[^\dx]")
_CODE = re.compile(r"[\w-]+", re.ASCII)
_PUBLISHED_NUMBERS = frozenset({"uscc", "money", "count", "number", "date", "boolean"})
_TELLING = re.compile(
    r"姓名|名字|当事人|申请人|户主|联系人|负责人|法人|代表人|代理人|监护人|经办人|家属|身份证|证件号|电话|手机|联系方式"
)
_SIGNED = re.compile(
    r"(?:填表|填报|填写|制表|审核|复核|审批|经办|报送|登记|统计|记录|联系|负责|分管|主管|调解|所长|主任|签字|签名)(?:人员|领导|人|员)?"
    rf"(?:\(签[字名章]\))?\s*:\s*([{HAN}]{{2,4}}|[{HAN}] [{HAN}])(?![{HAN}])"
)
_SEPARATORS = re.compile(
    rf"[^{HAN}A-Za-z\d]+|\d+|(?<=[{HAN}]{{2}})(?:[和及与]|(?<![投申起上公反])诉(?![讼求状]))(?=[{HAN}]{{2}})"
)
_SPACED = re.compile(rf"(?<![{HAN}])([{HAN}]) (?=[{HAN}]{{1,2}}(?![{HAN}]))")  # 柳 絮, 王 小明
_PLACED = re.compile(rf"^.{{2,6}}(?:村|社区|组|社|居)([{HAN}]{{2,3}})$")  # 龙井村张三
_PLACE = re.compile(r"^(?:单元|组|社|号|栋|幢|室|户|(?:第?[一二三四五六七八九十]{1,2}[组社队])(?:村民)?)(?=..)")
_TAIL = re.compile(r"(?<=..)(?:等[\d一二三四五六七八九十几多余]*[人户名家]?|一家|一案|本人|家)$")
_DOTTED = re.compile(rf"[{HAN}]{{2,}}(?:·[{HAN}]{{2,}})+")
# Words that stand where a name belongs and name nobody.
_NOBODY = re.compile(
    r"^(?:全体|部分|相关|有关|本|该|各|某|其他|等|镇|乡|村|社区|社会|居|组|社|街道|小区|辖区)*"
    r"(?:村民|居民|群众|市民|代表|业主|人员|工人|民警|干部|队员|员工|职工|商户|住户|农户|商家|企业|公司|单位|个人|本人|匿名|"
    r"不详|不明|未知|未留|未填|保密|暂无|没有|同上|不便|派出所|司法所|[村居]?民?委员?会|[村居]委|调委会|委员会|小组|政府|调解员|志愿者|被?申请人|当事人|代理人|负责人|"
    r"执法队|大队|科室|办公室|有限公司|有限责任公司|分公司|集团|集团公司|项目部|经营部|个体|个体户|个体工商户|律师|专家|网格员|社工|学生|老师|家长|过路人|来访人)+$"
)
_NAMES_SOMEONE = re.compile(f"[{HAN}].|.[{HAN}]")
_MINIMUM_DIGITS = 7  # a shorter number names nobody


def private_values(survey: Survey, settings: TownSettings, printed: str = "") -> dict[str, str]:
    """Every private value of the year's raw files, compact -> kind: person, persons, party, identity, phone or card.

    A word that no family is named (乡贤, 平台派单), of those in frequent use, in the dictionary or `printed` in the town's own
    report.md, is no name wherever it stands; nor is what `not_names` in aliases.yml lists.
    """
    values: dict[str, str] = {}
    for source in survey.sources:
        for sheet in source.file.sheets:
            tables = [table for table in source.tables if table.sent is sheet]
            values.update(_numbers_of_sheet(sheet, tables, settings))
            values.update((name, "person") for name in _signers(sheet.texts))
        for table in source.tables:
            values.update(_of_table(table, settings))
    spoken = public_terms(settings) | {compact(word) for word in settings.aliases.not_names}
    return {
        value: kind
        for value, kind in values.items()
        if value not in spoken and (kind in ("identity", "phone", "card") or not is_word(value, printed))
    }


def public_terms(settings: TownSettings) -> set[str]:
    """Words of the town and the dictionary: one that stands where a name belongs is no name (调解员：司法所)."""
    unit = settings.unit
    terms = {unit.name, unit.issuer, *unit.villages, *unit.offices}
    terms |= {f"{name}{body}" for name in unit.villages for body in ("委会", "民委员会", "调委会")}
    terms |= {f"{unit.name}{term}" for term in tuple(terms)}
    for ledger in settings.specs.ledgers.values():
        terms |= {ledger.title, ledger.office}
        for column in ledger.columns.values():
            terms |= {*column.titles, *column.values, *(word for words in column.values.values() for word in words)}
    return {compact(term) for term in terms}


def _of_table(table: Table, settings: TownSettings) -> Iterator[tuple[str, str]]:
    """The private values of its records: their private columns filled down, and unknown columns that tell of people."""
    columns, below = settings.specs.ledgers[table.ledger].columns, entries(table)
    for name, cells in below.columns.items():
        if columns[name].names_people:
            yield from _of_column(_texts(set(cells)), columns[name])
    for place, title in table.unknown.items():
        if _TELLING.search(title):
            texts = _texts(set(cells_at(table, place, below.numbers)))
            yield from ((name, "person") for text in texts for name in names(text))


# A number written plainly is itself, whatever it turns out to be: nearly all cells of its columns.
_PLAIN = re.compile(r"1[3-9][0-9]{9}|[0-9]{18}")


def _of_column(texts: Sequence[str], column: Column) -> Iterator[tuple[str, str]]:
    if column.kind in ("identity", "phone"):
        plain = set(filter(_PLAIN.fullmatch, texts))
        yield from zip(plain, repeat(column.kind))
        for text in set(texts) - plain:  # what else stands there is no name: 法律咨询, 无
            found = [digits for _, _, digits, _ in numbers_in(text) if digits]
            numbers = found or [phone_digits(_NO_DIGIT.sub("", compact(text)))]
            yield from ((number, column.kind) for number in numbers if len(number) >= _MINIMUM_DIGITS)
        return
    for name in (name for text in texts if not text.isascii() for name in names(text)):
        if column.private or len(name) <= 4:  # an inspected firm is no person; a person may be inspected
            yield name, column.kind


@lru_cache(maxsize=1 << 14)
def names(text: str) -> tuple[str, ...]:
    """The names in a cell, compact: apart from each other, from their roles, and from what is added (等3人, 先生)."""
    if text.isascii():  # a name holds a Chinese character
        return ()
    found: list[str] = []
    text = _SPACED.sub(r"\1", text)
    for part in (*_SEPARATORS.split(one_dot(text)), *re.split(r"[^\w·]+|\d+", one_dot(text))):
        whole = compact(part or "")
        name = whole if _names_nobody(whole) else _without_titles(whole)
        found += [name, *_PLACED.findall(name)]
    found += _DOTTED.findall(closed_dots(text))
    found += [name.replace("·", "") for name in found if "·" in name]
    return tuple(dict.fromkeys(name for name in found if _NAMES_SOMEONE.search(name) and not _names_nobody(name)))


def _without_titles(part: str) -> str:
    """The name without what somebody is or where he lives, said before it or behind it; as it is where no name would be left."""
    part = _TAIL.sub("", part)
    before, behind = _titles()
    while True:
        bare = _PLACE.sub("", behind.sub("", before.sub("", part, 1), 1), 1)
        if bare == part or len(bare) < 2 or not (len(bare) > 2 or begins_with_surname(bare)):
            return part
        part = _TAIL.sub("", bare)


@cache
def _titles() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Titles, parts played and relations, before a name and behind one."""
    words = sorted(title_words(), key=lambda word: (-len(word), word))
    either = "|".join(words)
    return re.compile(rf"^(?:{either})(?=..)"), re.compile(rf"(?<=..)(?:{either})$")


def _names_nobody(name: str) -> bool:
    return name in title_words() or _NOBODY.match(name) is not None


def _numbers_of_sheet(sheet: RawSheet, tables: Sequence[Table], settings: TownSettings) -> Iterator[tuple[str, str]]:
    """Numbers of the shape of an identity number or a phone, but in columns that hold other numbers."""
    kinds = [
        (place, settings.specs.ledgers[table.ledger].columns[name].kind)
        for table in tables
        for name, place in table.columns.items()
    ]
    other = {place for place, kind in kinds if kind in _PUBLISHED_NUMBERS}
    codes = {place for place, kind in kinds if kind == "text"}
    named = {place: kind for place, kind in kinds if kind in ("identity", "phone")}
    for place, column in enumerate(sheet.distinct):
        texts = [text for text in _texts(column) if len(text) >= 11] if place not in other else []
        if kind := named.get(place):
            plain = set(filter(_PLAIN.fullmatch, texts))
            yield from zip(plain, repeat(kind))
            texts = [text for text in texts if text not in plain]
        yield from _numbers(text for text in texts if not (place in codes and _CODE.fullmatch(text)))
    yield from _numbers(map(normalise, sheet.comments.values()))


def _numbers(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Numbers that name someone in texts of one line each."""
    for _, _, digits, kind in numbers_in("\n".join(texts)):
        if digits:
            yield digits, kind


def _signers(texts: Iterable[Iterable[str]]) -> Iterator[str]:
    """Who filled in or checked the ledger, as it says itself."""
    for text in chain.from_iterable(texts):
        if ":" in text or "：" in text:
            yield from (name for found in _SIGNED.findall(normalise(text)) for name in names(found))


def _texts(cells: Iterable[Cell]) -> list[str]:
    return [normalise(cell) for cell in cells if isinstance(cell, str | int | float)]
