"""The claims of a draft: what each of its quantities speaks of, sentence by sentence and table by table."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fazhi.checking.binding.binder import Binder
from fazhi.checking.binding.candidates import Candidates
from fazhi.checking.binding.claim import Claim
from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.binding.left_over import LeftOver
from fazhi.checking.binding.periods import is_dated_after, year_in_brackets
from fazhi.checking.reading.spacing import compact
from fazhi.checking.reading.tables import Cell, Table, caption
from fazhi.checking.table_binding.binder import TableBinder
from fazhi.quantities import find_quantities
from fazhi.quantities.unmeasured import unmeasured

_SENTENCE = re.compile(r"(?:[^。；;！？!?\n]|(?<=多少)[？?])+[。；;！？!?\n]?")  # 去年跑了多少？1025家次。
_NARROW = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[;!?()]|(?<![\d.])\.(?=[\u4e00-\u9fff\s“]|$)")
_WIDE = str.maketrans(",:;!?().", "，：；！？（）。")
_SHORT = 60  # characters of a heading, at most
_PART = re.compile(r"[\s#*]*(?:附[件表录：:]|第?[一二三四五六七八九十]+[、部章.．]|[0-9]+[、.．])")
_LATER = re.compile(r"下一步|下步|打算|工作安排|主要安排|工作计划|思路")
_YEAR = re.compile(r"(20\d\d)年")


def bind(text: str, ledgers: Ledgers, tables: Sequence[Table] = ()) -> list[Claim]:
    """The claims of a text, in order; cells of its tables are bound by the titles of their rows and columns."""
    near, places = compact(text)
    if near is text:
        return _bound(text, ledgers, tables)
    moved = [tuple(tuple(_moved(cell, text, near, places) for cell in row) for row in table) for table in tables]
    return [_moved_back(claim, text, near, places) for claim in _bound(near, ledgers, moved)]


def _moved(cell: Cell, text: str, near: str, places: Sequence[int]) -> Cell:
    """A cell where it stands in the text without blanks."""
    start, end = bisect_left(places, cell.start), bisect_left(places, cell.end)
    is_there = text[cell.start : cell.end] == cell.text
    return Cell(start, end, near[start:end] if is_there else compact(cell.text)[0])


def _moved_back(claim: Claim, text: str, near: str, places: Sequence[int]) -> Claim:
    """A claim where it stands in the text as it is written."""
    quantity, sentence, begin = claim.quantity, claim.sentence, claim.start
    start, end = places[quantity.start], places[quantity.end - 1] + 1
    is_there = begin >= 0 and near.startswith(sentence, begin)
    if is_there:
        sentence, begin = text[places[begin] : places[begin + len(sentence)]], places[begin]
    else:  # made of a table's titles
        begin += start - quantity.start
    return replace(claim, quantity=replace(quantity, start=start, end=end), sentence=sentence, start=begin)


def _bound(text: str, ledgers: Ledgers, tables: Sequence[Table]) -> list[Claim]:
    ordered = sorted(tables, key=lambda table: table[0][0].start)
    spans = sorted((cell.start, cell.end) for table in ordered for row in table for cell in row)
    claims, plans = _of_sentences(text, ledgers, spans, {})
    if left := LeftOver(Candidates(ledgers)).bound(claims):
        claims, plans = _of_sentences(text, ledgers, spans, left)
    binder, floor = TableBinder(ledgers), 0
    for table in ordered:
        planned = any(low <= table[0][0].start < high for low, high in plans)
        claims += binder.table(table, caption(text, table, floor), planned=planned)
        floor = max(floor, table[-1][-1].end)
    return sorted(claims, key=lambda claim: claim.quantity.start) if tables else claims


def _of_sentences(
    text: str, ledgers: Ledgers, spans: Sequence[tuple[int, int]], left_over: Mapping[int, tuple[Figure, bool]]
) -> tuple[list[Claim], list[tuple[int, int]]]:
    """The claims of the sentences outside the tables, and the stretches of the text that tell what is to be done."""
    original, text = text, _wide_marks(text)
    binder, quantities = (
        Binder(ledgers, left_over),
        sorted([*find_quantities(text), *unmeasured(text)], key=lambda one: one.start),
    )
    binder.scope.begins(text)
    binder.is_dated_after = is_dated_after(text, ledgers.year)
    binder.bracket_year = year_in_brackets(text, ledgers.year)
    starts = [quantity.start for quantity in quantities]
    begins, claims, plans = [begin for begin, _ in spans], list[Claim](), list[tuple[int, int]]()
    heading, planned = "", False
    for match in _SENTENCE.finditer(text):
        before = bisect_left(begins, match.end()) - 1
        if before >= 0 and match.start() < spans[before][1]:
            continue
        inside = quantities[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
        if not inside and len(match[0]) < _SHORT and match[0].endswith("\n"):
            heading = match[0]
            was, planned = planned, _is_plan(heading, ledgers.year) if _PART.match(heading) else planned
            if was != planned:
                plans = (
                    [*plans, (match.start(), len(text))] if planned else [*plans[:-1], (plans[-1][0], match.start())]
                )
        if planned:
            inside = [replace(quantity, kind="norm_or_plan") for quantity in inside]
        sentence = original[match.start() : match.end()]
        for claim in binder.sentence(match[0], match.start(), inside, heading):
            claims.append(replace(claim, sentence=sentence))
        if match[0].endswith("\n") or (text.startswith("\n", match.end()) and match[0][-1] not in "；;"):
            binder.paragraph.ends()  # what stands in a list with semicolons is of one
    return claims, plans


def _wide_marks(text: str) -> str:
    """The text with full-width marks for the half-width ones of stored web pages, place by place; those in numbers stay."""
    return _NARROW.sub(lambda match: match[0].translate(_WIDE), text)


def _is_plan(heading: str, year: int) -> bool:
    """Whether a part of the draft tells what is to be done: 四、2026年推进法治政府建设的主要安排; an annex ends it."""
    later = any(int(named) > year for named in _YEAR.findall(heading))
    return later or bool(_LATER.search(heading))
