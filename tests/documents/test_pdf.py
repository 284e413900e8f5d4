"""The PDF, measured: the grid of GB/T 9704-2012, page numbers, attachments, tags, fonts, the same bytes twice."""

import ctypes
import itertools
import random
import re
from collections import Counter
from dataclasses import dataclass

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from fazhi.documents import fonts
from fazhi.documents.arrange import break_title, table_layout
from fazhi.documents.model import Attachment, Column, Document, Notice, Paragraph, Run, Table
from fazhi.documents.pdf import render_pdf
from fazhi.errors import PublishError
from made.sample_document import META, sample

MM = 72 / 25.4
CLOSING, OPENING = "，。、；：？！）》〉」』】〕”’％%", "（《〈「『【〔“‘"


@dataclass(frozen=True)
class Line:
    """One line of 16 pt text: baseline from the page's top, left and right edges (pt), its characters."""

    y: float
    left: float
    right: float
    text: str


def lines(page: pdfium.PdfPage) -> list[Line]:
    text_page = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    rows: dict[float, list[tuple[float, float, str]]] = {}
    for index in range(text_page.count_chars()):
        if abs(raw.FPDFText_GetFontSize(text_page.raw, index) - 16) > 0.1:
            continue
        character = chr(raw.FPDFText_GetUnicode(text_page.raw, index))
        if character.isspace():
            continue
        raw.FPDFText_GetCharOrigin(text_page.raw, index, ctypes.byref(x), ctypes.byref(y))
        right = text_page.get_charbox(index, loose=True)[2]
        rows.setdefault(round(page.get_height() - y.value, 2), []).append((x.value, right, character))
    return [
        Line(top, min(c[0] for c in row), max(c[1] for c in row), "".join(c[2] for c in sorted(row)))
        for top, row in sorted(rows.items())
    ]


def document(*texts: str, **meta: object) -> Document:
    return Document(meta={"title": "题"} | meta, blocks=[Paragraph(runs=(Run(text=text),)) for text in texts])


def pages(source: Document) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(render_pdf(source))


def text_of(page: pdfium.PdfPage) -> str:
    return page.get_textpage().get_text_range().replace("\r\n", "\n")


def test_lines_stand_on_the_grid() -> None:
    """22 lines of 28 characters a page, 28.95 pt apart, between 28 and 184 mm."""
    found = pages(document("法" * 28 * 60))
    second = lines(found[1])
    assert [len(line.text) for line in second] == [28] * 22
    pitches = {round(b.y - a.y, 2) for a, b in itertools.pairwise(second)}
    assert pitches == {28.95}
    assert {round(line.left / MM, 1) for line in second} == {28.0}
    assert {round(line.right / MM) for line in second} == {184}
    assert 37 * MM < second[0].y < 37 * MM + 28.95
    first = lines(found[0])
    assert first[0].left - 28 * MM == pytest.approx(2 * 442.2 / 28, abs=0.1)  # first line indented two characters
    assert len(first) == 20  # the title and the line below it take two of 22


def test_heads_notices_and_figures_leave_the_text_on_the_grid() -> None:
    for page in pages(sample()):
        tops = [line.y for line in lines(page)]
        steps = [(b - a) / 28.95 for a, b in itertools.pairwise(tops)]
        assert all(abs(step - round(step)) < 0.002 for step in steps)


def test_no_line_begins_or_ends_with_forbidden_punctuation() -> None:
    dice = random.Random(9704)
    texts = ["".join(dice.choice("法治政府建设" * 3 + CLOSING[:14] + OPENING) for _ in range(400)) for _ in range(20)]
    clean = [
        re.sub(f"([{OPENING}])[{CLOSING}]+", r"\1法", re.sub(f"[{CLOSING}]+([{CLOSING}])", r"\1", t)) for t in texts
    ]
    found = [line.text for page in pages(document(*(f"起{t}法" for t in clean))) for line in lines(page)]
    assert len(found) > 250
    assert [t for t in found if t[0] in CLOSING] == []
    assert [t for t in found if t[-1] in OPENING] == []


def test_digits_do_not_break_and_full_lines_hold_28_characters() -> None:
    found = [
        line.text for page in pages(document("全年审查合同136件次，较2024年增长23%，" * 60)) for line in lines(page)
    ]
    joined = Counter(re.findall(r"\d+%?", "\n".join(found)))
    assert set(joined) == {"136", "2024", "23%"}


def test_page_numbers_stand_outside_one_character_in() -> None:
    found = pages(document("法" * 28 * 60))
    for number, page in enumerate(found, 1):
        text_page = page.get_textpage()
        start = text_page.get_text_range().rindex(f"— {number} —")
        left = text_page.get_charbox(start, loose=True)[0]
        right = text_page.get_charbox(start + len(f"— {number} —") - 1, loose=True)[2]
        if number % 2:
            assert right == pytest.approx(184 * MM - 14, abs=1.5)
        else:
            assert left == pytest.approx(28 * MM + 14, abs=1.5)


def test_attachments_start_their_own_page_and_long_tables_repeat_their_heads() -> None:
    found = [text_of(page) for page in pages(sample())]
    tops = [text.lstrip().split("\n")[0].strip() for text in found]
    assert tops.count("附件1") == tops.count("附件2") == 1
    table_pages = [text for text in found if "受理（件）" in text]
    assert len(table_pages) == 2
    assert "第40村" in table_pages[1] and "第1村" in table_pages[0]
    assert "\n".join(found).count("表1") == 1


def test_official_and_public_form() -> None:
    official = "".join(text_of(page) for page in pages(sample()))
    public = "".join(text_of(page) for page in pages(sample(form="公开版")))
    for shown in ("青木府〔2026〕3号", "签发人：张某某", "某区人民政府：", "2026年1月9日"):
        assert shown in official
        assert shown not in public
    assert official.index("附件：1.主要数据表") < official.index("2026年1月9日") < official.index("附件1")
    assert "附件：1.主要数据表" in public


def test_number_and_signer_share_a_line_one_character_in_from_left_and_right() -> None:
    pages_of = pages(document("正文", form="公文版", document_number="青木府〔2026〕3号", signer="张某某"))
    line = next(one for one in lines(pages_of[0]) if "青木府" in one.text)
    assert "签发人：张某某" in line.text
    assert (line.left, line.right) == (
        pytest.approx(28 * MM + 442.2 / 28, abs=1.5),
        pytest.approx(184 * MM - 442.2 / 28, abs=1.5),
    )


def test_the_issuer_stands_centred_over_the_date_four_characters_in() -> None:
    *_, issuer, date = lines(pages(document("正文", form="公文版", issuer="青木镇人民政府", date="2026年1月9日"))[0])
    assert date.right == pytest.approx(184 * MM - 4 * 442.2 / 28, abs=1)
    assert issuer.left + issuer.right == pytest.approx(date.left + date.right, abs=2)
    *_, long = lines(pages(document("正文", form="公文版", issuer="长" * 90))[0])
    assert long.left >= 28 * MM - 1


def test_tags_outline_language_and_metadata() -> None:
    pdf = render_pdf(sample())
    for mark in (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"<pdfuaid:part>1", b"/Lang(zh-CN)", b"/StructTreeRoot"):
        assert mark in pdf
    found = pdfium.PdfDocument(pdf)
    assert found.get_metadata_value("Title") == META["title"]
    assert found.get_metadata_value("Author") == META["issuer"]
    assert found.get_metadata_value("CreationDate").startswith("D:20260109")
    outline = [(item.level, item.get_title()) for item in found.get_toc()]
    assert outline == [
        (0, "一、主要举措和成效"),
        (1, "（一）健全依法行政制度体系"),
        (2, "（1）跳级的标题"),
        (0, "附件1"),
        (1, "主要数据表"),
        (0, "附件2"),
        (1, "说明"),
    ]


def test_a_chart_is_vector_with_its_words() -> None:
    page = pages(sample())[1]
    assert "12月" in text_of(page)
    assert not [item for item in page.get_objects(max_depth=9) if item.type == raw.FPDF_PAGEOBJ_IMAGE]


def test_gaps_are_marked_in_words() -> None:
    assert "94.4%【待核实】" in "".join(text_of(page) for page in pages(sample())).replace("\n", "")


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_pdf(sample()) == render_pdf(Document(**sample().to_json()))


def test_a_character_without_a_glyph_is_named() -> None:
    with pytest.raises(PublishError, match=r"没有这些字：“𠮷”（U\+20BB7）。请安装"):
        render_pdf(document("𠮷村"))


def test_a_character_without_a_glyph_in_what_repeats_ledgers_costs_no_document() -> None:
    """A tick in a cell, an emoji in a file's name: a box with its code point, explained; all else is held to the glyphs."""
    table = Table(caption="待处理", columns=(Column(title="现在是"),), rows=(("邻里✔",), ("邻里",)), note="共 2 条")
    notice = Notice(title="待核实", items=("表😀.pdf：读不出来",))
    [*_, text] = [text_of(page) for page in pages(Document(meta=META, blocks=(notice, table)))]
    squeezed = re.sub(r"\s", "", text)
    assert "邻里□(U+2714)" in squeezed
    assert "表□(U+1F600).pdf" in squeezed
    assert "注：共2条；□后的编号是所用字体里没有的字的Unicode码" in squeezed
    with pytest.raises(PublishError, match=r"U\+2714"):
        render_pdf(Document(meta=META, blocks=(table.model_copy(update={"caption": "待处理✔"}),)))


def test_rare_but_present_characters_are_drawn() -> None:
    assert "镕喆堃" in text_of(pages(document("镕喆堃"))[0])


def test_fonts_fall_back_and_say_so() -> None:
    faces = fonts.resolve({"body": "没有的字体", "heading": fonts.SERIF})
    used = faces.used
    assert faces.record["body"] == {
        "used": used["body"],
        "looked_for": ["没有的字体", "FandolFang R", "FandolFang", fonts.SERIF],
    }
    assert used["body"] in (fonts.SERIF, "FandolFang", "FandolFang R")
    assert used["heading"] == fonts.SERIF
    with pytest.raises(PublishError, match="没有“bodi”这一项"):
        fonts.resolve({"bodi": "仿宋"})


def test_a_word_longer_than_a_line_stays_on_the_page() -> None:
    found = pages(document("A" * 300))
    assert max(line.right for line in lines(found[0])) <= 184 * MM + 1
    assert "".join(line.text for line in lines(found[0])).replace("\u200b", "").count("A") == 300


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        ("青木镇关于法治政府建设情况的报告", ["青木镇关于法治政府建设情况的报告"]),
        ("青木镇人民政府关于2025年法治政府建设情况的报告", ["青木镇人民政府关于2025年", "法治政府建设情况的报告"]),
        ("法" * 45, ["法" * 20, "法" * 20, "法" * 5]),
        ("A" * 50, ["A" * 36, "A" * 14]),
    ],
)
def test_titles_break_on_word_bounds(title: str, broken: list[str]) -> None:
    assert break_title(title) == broken


def test_columns_take_what_they_need_and_long_ones_share_the_rest() -> None:
    def shares(*rows: tuple[str, ...]) -> list[float]:
        columns = tuple(Column(title="列") for _ in rows[0])
        return [round(share, 2) for share in table_layout(Table(caption="", columns=columns, rows=rows)).shares]

    assert shares(("甲" * 5, "乙" * 5)) == [0.5, 0.5]
    number, long = shares(("639.33万元", "长" * 200))
    assert number * 442.2 >= 5.3 * 9 + 11 and long > 0.8  # the whole amount on one line, set in 9 pt
    first, second = shares(("长" * 200, "长" * 100))
    assert first > second > 0.3
    growth, _ = shares(("+14.1%", "长" * 200))
    assert growth * 442.2 >= 3.9 * 9 + 11  # + and % are wider than a digit
    wide = Table(caption="", columns=(Column(title="甲", width=3), Column(title="乙", width=1)), rows=())
    assert table_layout(wide).shares == [0.75, 0.25]


def test_rows_stay_whole_over_a_page_break() -> None:
    cell = "村（居）调解情况说明" * 8
    rows = tuple((f"起{n}起", cell) for n in range(30))
    source = Document(
        meta={"title": "题"}, blocks=[Table(caption="", columns=(Column(title="号"), Column(title="说明")), rows=rows)]
    )
    for page in pages(source):
        words = text_of(page).replace("\n", "")
        assert words.count("起") // 2 * 8 == words.count("调解情况说明")


def test_the_lines_below_a_table_stay_together() -> None:
    columns = (Column(title="甲"), Column(title="乙"))
    for rows in range(20, 30):  # the end of the table comes down the page, and over it
        table = Table(columns=columns, rows=(("一", "二"),) * rows, caption="表", note="注释文字", source="来源文字")
        found = [text_of(page) for page in pages(Document(meta={"title": "题"}, blocks=[table]))]
        assert [("注释文字" in text, "来源文字" in text) for text in found].count((True, True)) == 1, rows


def test_neither_a_row_nor_a_total_stands_alone_on_a_page() -> None:
    columns, rows = (Column(title="甲"), Column(title="乙")), tuple((f"第{n}行", "二") for n in range(12))
    table = Table(columns=columns, rows=(*rows, ("合计", "二")), caption="表名", source="来源文字")
    for before in range(5, 22):  # the table begins lower and lower on the page
        text = [Paragraph(runs=(Run(text="正文"),))] * before
        found = [text_of(page) for page in pages(Document(meta={"title": "题"}, blocks=[*text, table]))]
        counts = [len(re.findall("第\\d+行|合计", page)) for page in found]
        assert sum(counts) == 13 and 1 not in counts, (before, counts)
        assert [page for page in found if "合计" in page] == [page for page in found if "来源文字" in page]


def test_no_line_begins_with_the_mark_of_an_open_figure() -> None:
    texts = [
        Paragraph(runs=(Run(text="法" * n), Run(text="15场", open=True), Run(text="，好。"))) for n in range(14, 32)
    ]
    found = [line.text for page in pages(Document(meta={"title": "题"}, blocks=texts)) for line in lines(page)]
    assert sum(text.count("※") for text in found) == len(texts)
    assert [text for text in found if text[0] in "※，。"] == []


@pytest.mark.parametrize("attachments", [1, 3, 12])
def test_the_signature_never_stands_alone_on_a_page(attachments: int) -> None:
    for rows in range(14, 23):
        blocks = [*(Paragraph(runs=(Run(text="法" * 20),)) for _ in range(rows))]
        blocks += [Attachment(title=f"名称{n}") for n in range(attachments)]
        source = Document(
            meta={"title": "题", "form": "公文版", "issuer": "某镇", "date": "2026年1月9日"}, blocks=blocks
        )
        (signed,) = [text for text in map(text_of, pages(source)) if "2026年1月9日" in text]
        assert "某镇" in signed
        assert "法法法" in signed or "名称1" in signed.split("某镇")[0]


def test_amounts_are_not_cut_and_wide_tables_stay_on_the_page() -> None:
    columns = tuple(Column(title=f"第{n}栏（元）", align="right") for n in range(12))
    rows = tuple(tuple(f"{n * k}.50" for k in range(12)) for n in range(30))
    source = Document(meta={"title": "题"}, blocks=[Table(caption="宽表", columns=columns, rows=rows)])
    words = " ".join(text_of(page) for page in pages(source)).split()
    assert all(cell in words for row in rows for cell in row)


def test_a_row_higher_than_a_page_goes_on_over_pages() -> None:
    columns = (Column(title="号"), Column(title="说明"))
    rows = (("甲", "说明" * 2000), ("乙", "短"))
    found = pages(Document(meta={"title": "题"}, blocks=[Table(caption="", columns=columns, rows=rows)]))
    assert len(found) > 2
    assert "".join(map(text_of, found)).replace("\n", "").count("说明") == 2000 + len(found)


def test_words_wider_than_their_column_stay_in_it() -> None:
    columns = tuple(Column(title=f"第{n}栏", align="right") for n in range(12))
    rows = ((*["1,234,567,890.12"] * 11, "A" * 40),)
    (page,) = pages(Document(meta={"title": "题"}, blocks=[Table(caption="", columns=columns, rows=rows)]))
    text = page.get_textpage()
    boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1) in "A1"]
    assert max(box[2] for box in boxes) < 184 * MM
    assert "".join(text.get_text_range().split()).replace("\u200b", "").count("A") == 40


def test_the_fallback_fonts_and_their_licence_come_with_the_package() -> None:
    names = {path.name for path in fonts.OWN.iterdir()}
    assert names == {"NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf", "OFL.txt"} and names & set(fonts.font_files())
    assert {fonts.font_file(fonts.SERIF).name, fonts.font_file(fonts.SANS).name} <= names
