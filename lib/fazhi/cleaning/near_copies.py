"""Rows that say the same but for one character of a name: a row copied and changed, or two events. Asked about."""

from collections.abc import Collection, Iterator, Sequence

from fazhi.cleaning.decided import Decisions
from fazhi.cleaning.pairs import Pair
from fazhi.cleaning.records import CleanTable, Record
from fazhi.cleaning.same_record import settle_pair
from fazhi.cleaning.version_names import is_aside
from fazhi.dictionary.models import Ledger

ENOUGH = 3  # other columns filled in and equal
_LARGE = 20_000  # rows of which equal rests are chance
_IN_SERIES = frozenset("0123456789一二三四五六七八九十甲乙丙丁东南西北上下左右ABCDEFGHabcdefgh")  # 一标段, 二标段


def ask_of_near_copies(
    ledger: Ledger, parts: Sequence[CleanTable], decisions: Decisions, asked: Collection[Pair]
) -> Iterator[Pair]:
    """A question for each two rows that differ in one character of what names them, unless rows of this ledger often agree in
    all the rest, as those of a day's round of inspections do. Both count until it is decided. `asked`: pairs already told of."""
    sound = [part for part in parts if not is_aside(part)]
    if not 1 < sum(part.fates.count("kept") for part in sound) <= _LARGE:
        return
    records = [Record(part, at) for part in sound for at, fate in enumerate(part.fates) if fate == "kept"]
    known = {_places(pair.older, pair.newer) for pair in asked}
    rows = {id(part): part.filled(tuple(ledger.columns)) for part in parts}
    said = [rows[id(record.part)][record.at] for record in records]
    for column, name in enumerate(ledger.columns):
        if name in _naming(ledger):
            for first, second in _close(said, column):
                older, newer = records[first], records[second]
                if _places(older, newer) not in known:
                    known.add(_places(older, newer))
                    answer = decisions.of_records(older, newer)
                    yield settle_pair(ledger, older, newer, answer, overlap=False, probable=True)


def _naming(ledger: Ledger) -> set[str]:
    """The columns of words that name a record, or make it probable."""
    words = ("text", "person", "party")
    ways = (*ledger.identity, *ledger.probable_identity)
    return {name for way in ways for name in way if ledger.columns[name].kind in words}


def _close(said: Sequence[tuple[object, ...]], column: int) -> list[tuple[int, int]]:
    """Pairs of rows that agree in all but one character of a column; none where as many agree in all but the whole of it."""
    groups: dict[object, list[int]] = {}
    for number, row in enumerate(said):
        rest = (*row[:column], *row[column + 1 :])
        if row[column] is not None and sum(one is not None for one in rest) >= ENOUGH:
            groups.setdefault(rest, []).append(number)
    several = [group for group in groups.values() if len(group) > 1]
    pairs = [(group[0], group[1]) for group in several if len(group) == 2]
    close = [pair for pair in pairs if _one_apart(*(_name(said[number][column]) for number in pair))]
    return close if 2 * len(close) > len(several) else []


def _name(key: object) -> str:
    """A name, of several people together, as one text."""
    return "、".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _one_apart(one: str, other: str) -> bool:
    """Whether two names differ in one character, put in, left out or changed; not where it numbers a series."""
    short, long = sorted((one, other), key=len)
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    more = len(long) - len(short)
    if one == other or more > 1 or short[same + 1 - more :] != long[same + 1 :]:
        return False
    return more == 1 or not {short[same], long[same]} <= _IN_SERIES


def _places(one: Record, other: Record) -> frozenset[tuple[int, int]]:
    return frozenset((id(record.part), record.at) for record in (one, other))
