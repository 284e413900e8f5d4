"""From an executed notebook to a document: handed-over blocks first, else prose, tables and pictures; never code."""

from base64 import b64encode
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from fazhi.documents.docx import render_docx
from fazhi.documents.from_notebook import from_notebook, html_tables, markdown_blocks
from fazhi.documents.html import render_html
from fazhi.documents.model import MIME, Figure, Heading, Listing, Paragraph, Run, Table
from fazhi.documents.pdf import render_pdf
from made.sample_document import chart, sample


def shown(**data: Any) -> Any:
    bundle = {key.replace("__", "/").replace("_", "+"): value for key, value in data.items()}
    return new_output("display_data", data=bundle)


def notebook(*cells: Any) -> nbformat.NotebookNode:
    return new_notebook(cells=list(cells))


def handed_over() -> nbformat.NotebookNode:
    """The sample in two cells, amid prose, code and prints that must not be shown."""
    whole = sample().to_json()
    first, second = ({**whole, "blocks": part} for part in (whole["blocks"][:4], whole["blocks"][4:]))
    second["evidence"] = {}
    outputs = [new_output("display_data", data={MIME: part, "text/html": "<p>代替</p>"}) for part in (first, second)]
    stream = new_output("stream", name="stdout", text="打印的话")
    return notebook(
        new_markdown_cell("# 不要这个题目"),
        new_code_cell("秘密 = 1", outputs=[stream, outputs[0]]),
        new_code_cell("更多", outputs=[outputs[1]]),
    )


def test_blocks_of_all_cells_are_joined_in_order() -> None:
    assert from_notebook(handed_over()) == sample()


def test_a_general_notebook_becomes_prose_tables_and_pictures() -> None:
    frame = pd.DataFrame({"件数": [3, 12]}, index=pd.Index(["龙井村", "金凤社区"], name="村（居）"))
    cells = (
        new_markdown_cell("# 清理台账\n\n本页**说明**：\n\n- 第一\n- 第二\n\n## 结果"),
        new_code_cell("frame", outputs=[shown(text__html=frame.to_html(), text__plain="x")]),
        new_code_cell(
            "plot", outputs=[shown(image__svg_xml=chart().svg, image__png=b64encode(chart().as_png()).decode())]
        ),
        new_code_cell("1/0", outputs=[new_output("error", ename="ZeroDivisionError", evalue="", traceback=[])]),
    )
    document = from_notebook(notebook(*cells))
    assert document.meta.title == "清理台账"
    kinds = [type(block) for block in document.blocks]
    assert kinds == [Paragraph, Listing, Heading, Table, Figure]
    assert document.blocks[0].runs == (Run(text="本页"), Run(text="说明", bold=True), Run(text="："))
    assert (document.blocks[2].level, document.blocks[2].text) == (1, "结果")
    assert [c.title for c in document.blocks[3].columns] == ["村（居）", "件数"]
    assert document.blocks[3].rows == (("龙井村", "3"), ("金凤社区", "12"))
    assert [c.align for c in document.blocks[3].columns] == ["left", "right"]
    assert document.blocks[4].png and "<svg" in document.blocks[4].svg


def test_a_notebook_without_a_title_takes_the_files_name() -> None:
    assert from_notebook(notebook(new_markdown_cell("正文")), title="02_statistics").meta.title == "02_statistics"


def test_bold_beside_chinese_quotes_and_line_breaks_between_characters() -> None:
    (paragraph,) = markdown_blocks("落实**“三项制度”**要求\n继续 and\nmore")
    assert [(run.text, run.bold) for run in paragraph.runs][:2] == [("落实", False), ("“三项制度”", True)]
    assert "".join(run.text for run in paragraph.runs) == "落实“三项制度”要求继续 and more"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("[点这里](javascript:alert(1))", "[点这里](javascript:alert(1))"),
        ("[点这里](https://example.org)", "点这里"),
        ("<b>甲</b>{{ 7 }}", "<b>甲</b>{{ 7 }}"),
    ],
)
def test_markdown_holds_no_markup_of_others(source: str, text: str) -> None:
    (paragraph,) = markdown_blocks(source)
    assert "".join(run.text for run in paragraph.runs) == text


def test_markdown_tables_and_code_blocks() -> None:
    table, code = markdown_blocks("| 村 | 件 |\n|---|---|\n| 甲 | 3 |\n\n```\nfazhi run 2025\n```")
    assert (table.rows, code.runs) == ((("甲", "3"),), (Run(text="fazhi run 2025"),))


def test_merged_cells_and_two_rows_of_heads() -> None:
    source = (
        "<table><caption>题</caption><thead><tr><th rowspan=2>村</th><th colspan=2>2025年</th></tr>"
        "<tr><th>受理</th><th>成功</th></tr></thead>"
        "<tbody><tr><td rowspan=2>甲</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>"
    )
    (table,) = html_tables(source)
    assert table.caption == "题"
    assert [c.title for c in table.columns] == ["村", "2025年 受理", "2025年 成功"]
    assert table.rows == (("甲", "1", "2"), ("甲", "3", "4"))


def test_styled_tables_keep_their_words_only() -> None:
    frame = pd.DataFrame({"甲": ["<b>1</b>"]})
    (table,) = html_tables(frame.style.set_caption("题").to_html(escape=True))
    assert table.caption == "题"
    assert table.rows[0][-1] in ("<b>1</b>", "1")


@pytest.mark.parametrize(
    ("name", "render", "extension"),
    [("fazhi_html", render_html, ".html"), ("fazhi_pdf", render_pdf, ".pdf"), ("fazhi_docx", render_docx, ".docx")],
)
def test_exporters_are_registered_and_add_nothing(name: str, render: Any, extension: str) -> None:
    output, resources = get_exporter(name)().from_notebook_node(handed_over())
    assert output == render(sample())
    assert resources["output_extension"] == extension
