"""The page's own font: the characters it shows and no others, inside the page, for machines without a Chinese font."""

import base64
import io
from functools import cache, lru_cache

from fazhi.documents import fonts

_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG")  # nothing here is set vertically


def embedded(text: str) -> str:
    """A WOFF font (base64) that holds the characters of `text` as far as the fallback face has them. Same text, same bytes."""
    shown = (character for character in set(text) if fonts.has_glyph(fonts.SERIF, character))
    return _packed(frozenset(code for code in map(ord, shown) if code > 0x20))


@cache
def _source() -> bytes:
    return fonts.font_file(fonts.SERIF).read_bytes()


@lru_cache(maxsize=8)
def _packed(codes: frozenset[int]) -> str:
    try:
        subset = _subset(codes)
    except ImportError:  # no wheel of uharfbuzz for this machine: the same characters, fifty times as slowly
        subset = _subset_slowly(codes)
    return base64.b64encode(_as_woff(subset)).decode("ascii")


def _as_woff(font: bytes) -> bytes:
    """The font's tables as they are, packed and in fontTools' own order: none of them is parsed."""
    from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter
    from fontTools.ttLib.ttFont import sortedTagList

    tables, packed = SFNTReader(io.BytesIO(font)), io.BytesIO()
    writer = SFNTWriter(packed, len(tables.tables), tables.sfntVersion, "woff")
    for tag in sortedTagList(list(tables.keys())):
        writer[tag] = tables[tag]
    writer.close()
    return packed.getvalue()


def _subset(codes: frozenset[int]) -> bytes:
    import uharfbuzz as harfbuzz

    wanted = harfbuzz.SubsetInput()
    wanted.unicode_set.update(codes)
    wanted.layout_feature_tag_set.clear()
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _DROPPED)
    wanted.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    return bytes(harfbuzz.subset(harfbuzz.Face(_source()), wanted).blob.data)


def _subset_slowly(codes: frozenset[int]) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += _DROPPED
    with TTFont(io.BytesIO(_source()), lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=sorted(codes))
        subsetter.subset(font)
        font.save(buffer := io.BytesIO())
    return buffer.getvalue()
