"""The document model: what a notebook hands over and what the three renderers read.

A document is data (JSON-able): headings, paragraphs of runs, tables, figures, notices and attachments, with the
evidence behind every figure in the text. Strings are only ever characters here; no renderer reads them as markup.
"""

from base64 import b64decode
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from fazhi.documents.printable import Text, plain
from fazhi.documents.svg import clean_svg, to_png
from fazhi.errors import PublishError

MIME = "application/vnd.fazhi.documents.model+json"
GAP_MARK = "【待核实】"
OPEN_MARK = "※"  # after a figure that rows still to be verified may change


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Run(_Part):
    """A stretch of text; `figure` names the evidence behind it, `gap` says that it still has to be verified.

    `see` names figures and tables of the document: the text is a reference to them, made when they are numbered.
    """

    text: Text
    bold: bool = False
    figure: str | None = None
    gap: bool = False
    open: bool = False  # a figure that rows still to be verified may change
    see: tuple[str, ...] = ()


class Heading(_Part):
    """A heading whose number (一、（一）1.) is typed text. `depth` is set by the arrangement: levels without a skip."""

    type: Literal["heading"] = "heading"
    level: int = Field(ge=1, le=4)
    text: Text
    depth: int = 0


Says = tuple[str, ...] | None  # what a block tells, in the list of published statements; None: it was not said


class Paragraph(_Part):
    type: Literal["paragraph"] = "paragraph"
    runs: tuple[Run, ...]
    says: Says = None


class Column(_Part):
    title: Text
    align: Literal["left", "center", "right"] = "left"
    width: float | None = Field(default=None, gt=0)  # share of the table's width, against the other columns


class Table(_Part):
    """Rows of strings, as many cells as there are columns."""

    type: Literal["table"] = "table"
    id: str = ""
    caption: Text
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: tuple[tuple[Text, ...], ...]
    note: Text = ""
    source: Text = ""
    says: Says = None

    @model_validator(mode="after")
    def _rectangular(self) -> "Table":
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"表“{self.caption}”第 {number} 行有 {len(row)} 格，应为 {len(self.columns)} 格")
        return self


class Figure(_Part):
    """A chart: SVG, or PNG (base64) where it comes as one. `width_mm` at most the type area's 156 mm."""

    type: Literal["figure"] = "figure"
    id: str
    svg: str = ""
    png: str = ""
    caption: Text
    alt: Text
    source: Text = ""
    says: Says = None
    width_mm: float = Field(default=150, gt=0, le=156)

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, content: Any) -> Any:
        if isinstance(content, dict) and content.get("svg"):
            return {**content, "svg": clean_svg(str(content["svg"]), str(content.get("id", "")))}
        return content

    @model_validator(mode="after")
    def _has_picture(self) -> "Figure":
        if not (self.svg or self.png):
            raise ValueError(f"图“{self.caption}”没有图像")
        return self

    def as_png(self) -> bytes:
        """The picture for what reads no SVG: its own, else drawn."""
        return b64decode(self.png) if self.png else to_png(self.svg, self.width_mm)


class Notice(_Part):
    """A box on top of the draft: what is still to be verified."""

    type: Literal["notice"] = "notice"
    title: Text
    items: tuple[Text, ...]


class Attachment(_Part):
    """Starts an attachment on its own page; the blocks after it belong to it."""

    type: Literal["attachment"] = "attachment"
    number: int | None = None
    title: Text


class Listing(_Part):
    type: Literal["list"] = "list"
    items: tuple[Text, ...]
    ordered: bool = False
    says: Says = None


class FindingItem(_Part):
    """A finding: its sentence, how sure it is, in words, and what to choose to see it (`#village=…`), if anything."""

    sentence: Text
    confidence: Text = ""
    link: str = ""


class Explorer(_Part):
    """Findings, and published counts to choose among on the screen; on paper the findings alone."""

    type: Literal["explorer"] = "explorer"
    findings: tuple[FindingItem, ...]
    data: dict[str, Any]
    note: Text = ""
    says: Says = None

    def listing(self) -> Listing:
        lines = (
            f"{item.sentence}（{item.confidence}）" if item.confidence else item.sentence for item in self.findings
        )
        return Listing(items=tuple(lines), ordered=True)


Block = Annotated[
    Heading | Paragraph | Table | Figure | Notice | Attachment | Listing | Explorer,
    Field(discriminator="type"),
]
BLOCK_TYPES = ("heading", "paragraph", "table", "figure", "notice", "attachment", "list", "explorer")


class Meta(_Part):
    """What stands around the text. `date` is printed as it is (2026年1月9日); 公文版 shows addressee and signature."""

    title: Text
    issuer: Text = ""
    addressee: Text = ""
    document_number: Text = ""
    signer: Text = ""
    date: Text = ""
    form: Literal["公文版", "公开版"] = "公开版"
    town: Text = ""
    year: int | None = None
    fonts: dict[str, str] = {}
    suppress_below: int = 3


class Rows(_Part):
    """Rows of one sheet of one raw file that a figure rests on; `count` rows."""

    file: Text
    sheet: Text = ""
    count: int


class Evidence(_Part):
    """Why a figure in the text is what it is. Rates are 0-1, `change` as in statistics.json."""

    label: Text
    definition: Text = ""
    shown: Text
    value: float | int | None = None
    unit: Text = ""
    numerator: float | int | None = None
    denominator: float | int | None = None
    previous: float | int | None = None
    previous_year: int | None = None
    previous_unit: Text = (
        ""  # where it is not `unit`: a comparison, whose `numerator` is this year's, `denominator` the base
    )
    change: float | None = None
    rows: tuple[Rows, ...] = ()
    office_counts: dict[str, int] = {}
    open_rows: int = 0
    trace: Text = ""
    status: Literal["complete", "open", "missing"] = "complete"
    withheld: tuple[Literal["value", "previous", "parts", "change"], ...] = ()  # known, and not published
    says: tuple[str, ...] = ()  # what it tells, in the list of published statements


class _Content(_Part):
    version: Literal[1] = 1
    meta: Meta
    blocks: tuple[Block, ...]
    evidence: dict[str, Evidence] = {}


class Document(_Content):
    """A whole document, checked: every block known, every figure in the text with its evidence.

    Takes models or their JSON; raises PublishError naming the block and the field.
    """

    def __init__(self, **content: Any) -> None:
        try:
            super().__init__(**content)
        except ValidationError as error:
            raise PublishError(_explain(error, content.get("blocks", ()))) from None
        for run in self.runs():
            if run.figure is not None and run.figure not in self.evidence:
                raise PublishError(
                    f"正文中的“{run.text}”引用了“{run.figure}”，但文档没有它的出处。请补上该指标的出处，或去掉引用。"
                )

    def runs(self) -> list[Run]:
        return [run for block in self.blocks if isinstance(block, Paragraph) for run in block.runs]

    def to_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


def _explain(error: ValidationError, blocks: Any) -> str:
    """The first fault in Chinese: which block, which field, what is wrong."""
    fault = error.errors()[0]
    where, place = "文档", list(fault["loc"])
    if len(place) > 1 and place[0] == "blocks" and isinstance(place[1], int):
        where, place = f"文档第 {place[1] + 1} 块", place[2:]
    if fault["type"].startswith("union_tag"):
        block = list(blocks)[int(fault["loc"][1])]
        found = block.get("type") if isinstance(block, dict) else type(block).__name__
        return f"{where}的类型“{plain(str(found))}”不认识，应为 {'、'.join(BLOCK_TYPES)} 之一。"
    field = ".".join(str(step) for step in place)
    what = {"missing": "缺少", "extra_forbidden": "没有这个字段"}.get(fault["type"], str(fault["msg"]))
    return f"{where}的“{plain(field)}”不对：{plain(what)}。"
