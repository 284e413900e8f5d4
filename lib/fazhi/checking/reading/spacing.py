"""Blanks that some programs set between Chinese characters and digits (2024 年 78 件): taken out, each place still known."""

import re
from collections.abc import Sequence

_HAN = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_BLANK = re.compile(rf"(?<=[{_HAN}])[ \u00a0\u2009](?=[0-9A-Za-z+−-])|(?<=[0-9A-Za-z%％])[ \u00a0\u2009](?=[{_HAN}])")
_NUMBERING = re.compile(r"(?:^|\n)[ \u00a0]*\d{1,2}$")  # 3 调解纠纷125件


def compact(text: str) -> tuple[str, Sequence[int]]:
    """The text without such blanks, and where each of its characters stood, the end last."""
    blanks = [
        one.start()
        for one in _BLANK.finditer(text)
        if not _NUMBERING.search(text, max(0, one.start() - 9), one.start())
    ]
    if not blanks:
        return text, range(len(text) + 1)
    pieces, places, at = list[str](), list[int](), 0
    for blank in [*blanks, len(text)]:
        pieces.append(text[at:blank])
        places.extend(range(at, blank))
        at = blank + 1
    return "".join(pieces), [*places, len(text)]
