"""The page's own font: the characters it shows and no others, inside the page, for machines without a Chinese font."""

import base64
import io
from functools import cache, lru_cache
from typing import Any

from fazhi import fonts

_DROPPED = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]  # nothing here is set vertically


def embedded(text: str) -> str:
    """A WOFF font (base64) that holds the characters of `text` as far as the fallback face has them. Same text, same bytes."""
    wanted = frozenset(map(ord, text)) & _covered()
    return _subset(frozenset(code for code in wanted if code > 0x20))


@cache
def _source() -> bytes:
    return fonts.font_file(fonts.SERIF).read_bytes()


def _open() -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(_source()), lazy=True, recalcTimestamp=False)


@cache
def _covered() -> frozenset[int]:
    with _open() as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=8)
def _subset(codes: frozenset[int]) -> str:
    from fontTools import subset

    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += _DROPPED
    with _open() as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=sorted(codes))
        subsetter.subset(font)
        font.flavor = "woff"
        buffer = io.BytesIO()
        font.save(buffer)
    return base64.b64encode(buffer.getvalue()).decode("ascii")
