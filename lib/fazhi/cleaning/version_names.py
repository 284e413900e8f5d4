"""What the names of files and sheets say of tables: which is newer, which months it holds, whether it was set aside."""

import re
from pathlib import PurePosixPath

from fazhi.cleaning.records import CleanTable
from fazhi.values.normalise import normalise

_FINAL = re.compile(r"最终|定稿|(?<!年)终(?=[稿版]|$|[\s()（）])|最新|完整版|正式版|final", re.IGNORECASE)
_CHANGED = re.compile(r"修改|修订|更正|订正|重报|再报|更新|改|新|[vV](?:er)?\.?[2-9]|[(（]\d+[)）]|副本")
_OLD = re.compile(r"初稿|草稿|原始|旧|备份|[vV](?:er)?\.?1(?!\d)")
_COPY_NUMBER = re.compile(r"[(（](\d+)[)）]|[vV](?:er)?\.?(\d+)|第(\d+)[稿版]")
_DATE = re.compile(r"(20\d\d)[-._年]?(1[0-2]|0?[1-9])(?:[-._月]?([0-3]?\d))?日?")
_DAY = re.compile(
    r"(?<![\d.])(?:(1[0-2]|0?[1-9])[月.]([0-3]?\d)(?:日|(?![\d.月]))|(1[0-2]|0[1-9])([0-2]\d|3[01])(?!\d))"
)
_MONTH = re.compile(r"(?:1\s*[-—~至到]\s*)?(\d{1,2})月(?!\d)|[-—~至到]\s*(\d{1,2})月\d+日")
_SPANS = {
    r"全年|年度|年终|年报|累计|汇总|合并|总表|总台账": 12, r"上半年|半年": 6, r"前三季度": 9,
    r"(?:第)?[一1]季度": 3, r"(?:第)?[二2]季度": 6, r"(?:第)?[三3]季度": 9, r"(?:第)?[四4]季度": 12,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, name in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
}
_WRITTEN_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九])月")


def is_aside(part: CleanTable) -> bool:
    """Whether the table lies in a hidden sheet or is called old, deleted, a backup: it replaces no other."""
    return bool(part.table.set_aside)


def later(one: CleanTable, other: CleanTable, *, of_versions: bool) -> bool:
    """Whether `one` is the later of two, by their names, else, `of_versions`, the one that goes on for months longer, else
    by their place among the files."""
    if is_aside(one) != is_aside(other):
        return is_aside(other)
    mine, theirs = _ranks(one, other)
    if mine != theirs:
        return mine > theirs
    if of_versions and one.until and other.until and one.until.month != other.until.month:
        return one.until > other.until
    return (one.file, one.sheet) > (other.file, other.sheet)


def named_as_versions(one: CleanTable, other: CleanTable) -> bool:
    """Whether the names say which of two is newer: 最终版, (2), 改, a later date."""
    mine, theirs = _ranks(one, other)
    return mine != theirs


def says_to_replace(one: CleanTable, other: CleanTable) -> bool:
    """Whether words or numbers of copies, not only days and months, tell two tables apart: 最终版, 改, (2)."""
    mine, theirs = _ranks(one, other)
    return (mine[0], mine[3]) != (theirs[0], theirs[3])


def named_in_series(one: CleanTable, other: CleanTable) -> bool:
    """Whether two files are months of one series, or one's name is the other's with something added."""
    names = [re.sub(r"\d+|[一二三四五六七八九十]+", "", PurePosixPath(part.file).stem) for part in (one, other)]
    return names[0] == names[1] or names[0].startswith(names[1]) or names[1].startswith(names[0])


def one_renamed(one: CleanTable, other: CleanTable) -> bool:
    """Whether two files of one folder, or two sheets of one file, have one name but for the words that tell versions apart."""
    places = [PurePosixPath(part.file) for part in (one, other)]
    names = [_bare(part.sheet if one.file == other.file else PurePosixPath(part.file).stem) for part in (one, other)]
    return places[0].parent == places[1].parent and names[0] == names[1] != ""


def _bare(name: str) -> str:
    text = normalise(name)
    for words in (_FINAL, _OLD, _COPY_NUMBER, _CHANGED):
        text = words.sub("", text)
    return re.sub(r"[\s()（）【】\[\]_.-]+|版$|稿$", "", text)


def names_months_up_to(part: CleanTable) -> int:
    """The last month that a table's name says it holds, as 6 of 上半年; 0 where it says none."""
    text = normalise(f"{PurePosixPath(part.file).stem} {part.sheet}")
    months = [int(month or end) for month, end in _MONTH.findall(text)]
    months += [_MONTHS[month] for month in _WRITTEN_MONTH.findall(text)]
    spans = [months_ for words, months_ in _SPANS.items() if re.search(words, text)]
    return max([month for month in months if month <= 12] + spans, default=0)


Day = tuple[int, int, int]  # year, 0 where none is written, month and day
Rank = tuple[int, Day, int, int]


def _ranks(one: CleanTable, other: CleanTable) -> tuple[Rank, Rank]:
    """What the names say of how new each is; months only where both name some, years of days likewise."""
    texts = _told_apart(one, other)
    months = names_months_up_to(one), names_months_up_to(other)
    days = [_day(text) for text in texts]
    if not all(year for year, _, _ in days):
        days = [(0, month, day) for _, month, day in days]
    mine, theirs = (
        _rank(text, day, month if all(months) else 0) for text, day, month in zip(texts, days, months, strict=True)
    )
    return mine, theirs


def _told_apart(one: CleanTable, other: CleanTable) -> tuple[str, str]:
    """Their names, and those of the folders that only one of them lies in: 初稿/台账 and 定稿/台账."""
    paths = [PurePosixPath(part.file) for part in (one, other)]
    folders = [set(path.parent.parts) for path in paths]
    mine, theirs = (
        normalise(" ".join([*sorted(own - others), path.stem, part.sheet]))
        for path, part, own, others in zip(paths, (one, other), folders, folders[::-1], strict=True)
    )
    return mine, theirs


def _day(text: str) -> Day:
    """The last day that a name gives."""
    days = [(int(year), int(month), int(day or 0)) for year, month, day in _DATE.findall(text)]
    if not days:
        days = [(0, int(month or mm), int(day or dd)) for month, day, mm, dd in _DAY.findall(text)]
    return max(days, default=(0, 0, 0))


def _rank(text: str, day: Day, months: int) -> Rank:
    """Final over changed over plain over old; then dates, months, numbers."""
    level = 3 if _FINAL.search(text) else -1 if _OLD.search(text) else 0
    changed = len(_CHANGED.findall(text)) if level >= 0 else 0
    numbers = [int(next(filter(None, match))) for match in _COPY_NUMBER.findall(text)]
    return level + (1 if changed else 0), day, months, max(numbers, default=0) + changed
