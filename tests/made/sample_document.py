"""A made-up document with a block of every type, for the tests of the publishing stage."""

from functools import cache
from typing import Any

import pandas as pd

from fazhi.documents import charts
from fazhi.documents.model import Attachment, Column, Document, Heading, Listing, Notice, Paragraph, Run, Table

META = {
    "title": "青木镇人民政府关于2025年法治政府建设情况的报告",
    "issuer": "青木镇人民政府",
    "addressee": "某区人民政府",
    "document_number": "青木府〔2026〕3号",
    "signer": "张某某",
    "date": "2026年1月9日",
    "form": "公文版",
    "town": "青木镇",
    "year": 2025,
}
CONTRACTS = {
    "label": "合同合法性审查",
    "definition": "2025年合同合法性审查台账中计入的行数",
    "shown": "136件次",
    "value": 136,
    "unit": "件次",
    "numerator": 136,
    "previous": 111,
    "previous_year": 2024,
    "change": 0.2252,
    "rows": [{"file": "司法所/合同.xlsx", "sheet": "Sheet1", "count": 136}],
    "office_counts": {"司法所": 136},
    "trace": "fazhi trace contracts.reviewed --year 2025",
}
RATE = {
    "label": "调解成功率",
    "shown": "94.4%",
    "value": 0.944,
    "unit": "%",
    "numerator": 118,
    "denominator": 125,
    "previous": 0.92,
    "previous_year": 2024,
    "change": 0.024,
    "status": "open",
    "open_rows": 3,
}


@cache
def chart() -> Any:
    frame = pd.DataFrame({2024: [8] * 12, 2025: range(4, 16)}, index=[f"{m}月" for m in range(1, 13)])
    return charts.figure_block(
        charts.columns_by_period(frame, "件"),
        "months",
        "图1　矛盾纠纷逐月上升",
        "2025年各月受理件数",
        "矛盾纠纷调解台账",
    )


def table(rows: int) -> Table:
    return Table(
        caption="表1　各村（居）矛盾纠纷",
        columns=(
            Column(title="村（居）"),
            Column(title="受理（件）", align="right"),
            Column(title="金额（万元）", align="right"),
        ),
        rows=tuple((f"第{n}村", str(n * 3), f"{n * 1.25:.2f}") for n in range(1, rows + 1)),
        note="不足3件的以“<3”表示。",
        source="矛盾纠纷调解台账",
    )


def sample(**meta: Any) -> Document:
    """Every block type; `meta` replaces parts of META."""
    blocks = [
        Notice(title="待核实", items=("矛盾纠纷调解台账有3行待核实（司法所）",)),
        Heading(level=1, text="一、主要举措和成效"),
        Heading(level=2, text="（一）健全依法行政制度体系"),
        Paragraph(
            runs=(
                Run(text="全年审查合同"),
                Run(text="136件次", figure="contracts.reviewed"),
                Run(text="，较2024年增长23%，"),
                Run(text="调解成功率", bold=True),
                Run(text="94.4%", figure="disputes.success_rate", gap=True),
                Run(text="。"),
            )
        ),
        Heading(level=4, text="（1）跳级的标题"),
        Listing(items=("法治宣传", "执法培训2场"), ordered=True),
        Listing(items=("不编号的一项",)),
        chart(),
        Attachment(number=1, title="主要数据表"),
        table(40),
        Attachment(number=2, title="说明"),
        Paragraph(runs=(Run(text="附件正文。"),)),
    ]
    evidence = {"contracts.reviewed": CONTRACTS, "disputes.success_rate": RATE}
    return Document(meta=META | meta, blocks=blocks, evidence=evidence)


# Strings an office's cell may hold; each must come out as characters.
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    '#include "secret.typ" #panic() *粗* $x$ \\ @ref <label> ~ [括号]',
    "{{ 7 * 7 }}{% raw %}{# 注 #}",
    "=HYPERLINK(1) +cmd|calc -2 @SUM",
    "[链接](javascript:alert(3)) **星号** `码` &lt;转义&gt; \"'",
    "]]></w:t><w:br/><!-- -->",
)


def hostile() -> Document:
    """Each hostile string in every kind of field."""
    text = "乙".join(HOSTILE)
    evidence = {text: CONTRACTS | {"label": text, "definition": text, "shown": text, "trace": text}}
    evidence[text]["rows"] = [{"file": text, "sheet": text, "count": 1}]
    meta = META | dict.fromkeys(("title", "issuer", "addressee", "document_number", "town"), text)
    blocks = [
        Notice(title=text, items=(text,)),
        Heading(level=1, text=text),
        Paragraph(runs=(Run(text=text, figure=text, bold=True, gap=True),)),
        Listing(items=(text,)),
        Table(caption=text, columns=(Column(title=text),), rows=((text,),), note=text, source=text),
        chart().model_copy(update={"caption": text, "alt": text, "source": text}),
        Attachment(title=text),
    ]
    return Document(meta=meta, blocks=blocks, evidence=evidence)
