"""Titles of a table as the ledgers spell them: 邻里 beside 婚姻家庭 is 邻里纠纷, 河口 beside 石桥村 is 河口社区."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import zip_longest

from fazhi.checking.binding.wordings import wordings
from fazhi.checking.table_binding.blocks import Block
from fazhi.checking.table_binding.titles import is_figure
from fazhi.values.closed_lists import Villages, Vocabulary

_TITLES = 3  # columns that may hold titles of rows


def spelled(block: Block, lists: Iterable[Vocabulary | Villages]) -> Block:
    """The block with titles of one closed list written as it has them; one alone may mean anything."""
    known = list(lists)
    titles = _meant(block.titles, known)
    lasts = _meant(block.lasts, known)
    rows = list(block.rows)
    for at in range(min(_TITLES, len(block.titles))):
        meant = _meant([row[at].text.strip() for row in rows if at < len(row)], known)
        if meant:
            rows = [
                (*row[:at], replace(row[at], text=meant.get(row[at].text.strip(), row[at].text)), *row[at + 1 :])
                if at < len(row)
                else row
                for row in rows
            ]
    written = [
        title.removesuffix(last) + lasts[last] if last in lasts else titles.get(title, title)
        for title, last in zip_longest(block.titles, block.lasts, fillvalue="")
    ]
    return replace(
        block, titles=tuple(written), rows=tuple(rows), lasts=tuple(lasts.get(one, one) for one in block.lasts)
    )


def _meant(texts: Iterable[str], lists: Iterable[Vocabulary | Villages]) -> Mapping[str, str]:
    """What each text means by the list that knows most of them, what is left by the next; nothing where two know as many and differ."""
    written = {text for text in texts if len(text) > 1 and not is_figure(text)}
    known, meant = list(lists), dict[str, str]()
    while left := written - meant.keys():
        found = [{text: value for text in left if (value := _value(one, text)) is not None} for one in known]
        most = max(map(len, found), default=0)
        best = [one for one in found if len(one) == most]
        if most < 2 or any(one != best[0] for one in best):
            break
        meant |= best[0]
    return meant if 2 * len(meant) >= len(written) else {}


def _value(known: Vocabulary | Villages, text: str) -> str | None:
    """The value of a list that a text means, also in words that drafts alone use: 不予通过."""
    if (value := known.certain(text)) is not None or isinstance(known, Villages):
        return value
    meant = (value for value, also in wordings().values.items() if text in also)
    return next((value for value in meant if known.certain(value) == value), None)
