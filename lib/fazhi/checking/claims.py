"""The claims of a draft: what each of its quantities speaks of, sentence by sentence and table by table."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from fazhi.checking.binder import Binder
from fazhi.checking.claim import Claim
from fazhi.checking.known_figures import Ledgers
from fazhi.checking.table_cells import said
from fazhi.checking.tables import Table, caption
from fazhi.quantities import find_quantities

_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?\n]?")
_PART = re.compile(r"\s*(?:第?[一二三四五六七八九十]+[、部章.．]|[0-9]+[、.．])")
_LATER = re.compile(r"下一步|下步|打算|工作安排|主要安排|工作计划|思路")
_YEAR = re.compile(r"(20\d\d)年")


def bind(text: str, ledgers: Ledgers, tables: Sequence[Table] = ()) -> list[Claim]:
    """The claims of a text, in order; cells of its tables are bound by the titles of their rows and columns."""
    binder = Binder(ledgers)
    quantities = find_quantities(text)
    starts = [quantity.start for quantity in quantities]
    claims: list[Claim] = []
    heading, planned = "", False
    spans = [(table[0][0].start, table[-1][-1].end) for table in tables]
    for match in _SENTENCE.finditer(text):
        if any(match.start() < end and match.end() > begin for begin, end in spans):
            continue
        inside = quantities[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
        if not inside and len(match[0]) < 60 and match[0].endswith("\n"):
            heading = match[0]
            planned = _is_plan(heading, ledgers.year) if _PART.match(heading) else planned
        if planned:
            inside = [replace(quantity, kind="norm_or_plan") for quantity in inside]
        claims += binder.sentence(match[0], match.start(), inside, heading)
        if match[0].endswith("\n"):
            binder.subject, binder.told = "", []
    floor = 0
    for table in sorted(tables, key=lambda one: one[0][0].start):
        title, floor = caption(text, table, floor), table[-1][-1].end
        binder.subject, binder.told = "", []
        claims += [claim for one in said(table, ledgers.year, title) for claim in binder.cell(one)]
    return sorted(claims, key=lambda claim: claim.quantity.start) if tables else claims


def _is_plan(heading: str, year: int) -> bool:
    """Whether a part of the draft tells what is to be done: 四、2026年推进法治政府建设的主要安排."""
    later = any(int(named) > year for named in _YEAR.findall(heading))
    return later or bool(_LATER.search(heading))
