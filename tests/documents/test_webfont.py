"""The font inside the page: every character the page shows, the same bytes, and no request for any other."""

import base64
import io
import re
from pathlib import Path

import matplotlib as mpl
import pytest
from fontTools.ttLib import TTFont

from fazhi.documents import webfont
from fazhi.documents.html import render_html
from fazhi.documents.webfont import embedded
from made.sample_document import sample


def test_the_page_holds_a_glyph_for_every_character_it_shows():
    page = render_html(sample())
    font = re.search(r"url\(data:font/woff;base64,([A-Za-z0-9+/=]+)\)", page)
    assert font is not None
    with TTFont(io.BytesIO(base64.b64decode(font[1]))) as face:
        known = set(face.getBestCmap())
    shown = set(re.sub(r"<style>.*?</style>", "", page, flags=re.S))
    assert [c for c in shown if "\u4e00" <= c <= "\u9fff" and ord(c) not in known] == []
    assert len(known) < 2000


def test_the_same_text_gives_the_same_font_and_another_text_another():
    assert embedded("法治政府") == embedded("府政治法法")
    assert embedded("法治") != embedded("法制")


def test_a_character_that_the_face_lacks_is_left_to_the_reader_s_own_fonts():
    assert embedded("法\U0001f600") == embedded("法")


def test_both_ways_of_subsetting_keep_the_same_characters():
    codes = frozenset(map(ord, "法治政府2025"))
    assert set(TTFont(io.BytesIO(webfont._subset(codes))).getBestCmap()) == codes
    assert set(TTFont(io.BytesIO(webfont._subset_slowly(codes))).getBestCmap()) == codes


@pytest.mark.parametrize("outlines", ["CFF", "glyf"])
def test_what_is_packed_is_what_fonttools_packs_itself(outlines):
    font = webfont._subset(frozenset(map(ord, "法治政府2025")))
    if outlines == "glyf":
        font = (Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSans.ttf").read_bytes()
    with TTFont(io.BytesIO(font), lazy=True, recalcTimestamp=False, recalcBBoxes=False) as face:
        face.flavor = "woff"
        face.save(theirs := io.BytesIO())
    assert webfont._as_woff(font) == theirs.getvalue()
