"""Small towns of which a few cases are under way or unsuccessful, and everything that their papers print about them."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import yaml
from lxml import html

from fazhi import town_year
from fazhi.documents.docx import render_docx
from fazhi.documents.html import render_html
from fazhi.documents.model import Document
from fazhi.documents.pdf import render_pdf
from fazhi.steps import appendix, clean, report, statistics, summaries, survey, trends
from fazhi.town_year import TownYear
from made.other_ledgers import SHEETS, write_other_ledgers
from made.sheets import write_workbook

VILLAGES = ["龙井村", "青木村", "金凤社区", "桂花村"]
KINDS = ["邻里纠纷", "婚姻家庭纠纷", "合同纠纷", "物业纠纷", "山林土地纠纷"]
SOURCES = ["群众来访", "主动排查", "平台派单"]
KEPT = ("disputes", "penalties", "consultations")


@dataclass(frozen=True)
class Year:
    """A year's disputes: how many ended how, and how many of the successful have an amount."""

    success: int
    failure: int
    pending: int
    paid: int
    amounts: Sequence[int] = ()  # the first amounts; the others are ordinary

    @property
    def whole(self) -> int:
        return self.success + self.failure + self.pending


def make_town(folder: Path, years: Mapping[int, Year], seed: int = 0, *, others: bool = False) -> TownYear:
    """A town with its ledgers of these years, all of them counted; the last year. `others`: `other_ledgers` too."""
    draw = random.Random(seed)
    specs = town_year.load_specs()
    kept = (*KEPT, *SHEETS) if others else KEPT
    unit = {
        "name": "青木镇", "villages": VILLAGES, "offices": ["司法所", "综合行政执法大队"],
        "without": [name for name in specs.ledgers if name not in kept],
    }  # fmt: skip
    for year, told in years.items():
        raw = folder / "data" / "raw" / str(year)
        write_workbook(raw / "司法所" / "纠纷.xlsx", ["矛盾纠纷调解台账"], *_disputes(year, told, draw))
        write_workbook(raw / "综合行政执法大队" / "处罚.xlsx", ["行政处罚台账"], *_penalties(year, draw))
        write_workbook(raw / "司法所" / "咨询.xlsx", ["法律咨询登记台账"], *_consultations(year, draw))
        if others:
            write_other_ledgers(raw, year, draw)
    (folder / "data" / "raw" / "unit.yml").write_text(yaml.safe_dump(unit, allow_unicode=True), encoding="utf-8")
    for year in sorted(years):
        town = town_year.open_year(year, folder)
        found = survey.survey_year(town)
        for ledger in kept:
            clean.clean_ledger(town, ledger, found)
        statistics.write_statistics(town)
    return town


def _disputes(year: int, told: Year, draw: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [
        ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "案件来源", "调解结果", "协议金额", "结案日期"]
    ]
    outcomes = ["调解成功"] * told.success + ["调解不成功"] * told.failure + ["调解中"] * told.pending
    money = [*told.amounts, *(draw.randrange(20, 400) * 100 for _ in range(told.paid - len(told.amounts)))]
    days = sorted(date(year, 1, 1) + timedelta(days=draw.randrange(365)) for _ in outcomes)
    order = list(range(len(outcomes)))
    draw.shuffle(order)
    for number, place in enumerate(order):
        outcome, day = outcomes[place], days[number]
        rows.append(
            [
                day, draw.choice(VILLAGES), draw.choices(KINDS, [9, 7, 6, 3, 1])[0], f"甲{number}", f"乙{number}",
                draw.choices(SOURCES, [9, 6, 1])[0], outcome, money[place] if place < len(money) else 0,
                "" if outcome == "调解中" else day + timedelta(days=draw.randrange(2, 40)),
            ]
        )  # fmt: skip
    return rows


def _penalties(year: int, draw: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [["决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额", "是否缴纳"]]
    kinds = draw.choices(["占道经营", "违法建设", "消防违法", "安全生产违法"], [9, 5, 3, 1], k=40)
    return rows + [
        [
            f"青罚字〔{year}〕{n}号",
            date(year, 1, 1) + timedelta(days=9 * n),
            f"丙{n}",
            kind,
            draw.randrange(1, 20) * 50,
            "是",
        ]
        for n, kind in enumerate(kinds)
    ]


def _consultations(year: int, draw: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [["咨询日期", "咨询人", "联系电话", "咨询事项", "咨询方式", "件次"]]
    topics = draw.choices(["婚姻家庭", "劳动争议", "合同纠纷", "土地房屋"], [9, 8, 6, 1], k=60)
    return rows + [
        [
            date(year, 1, 1) + timedelta(days=6 * n),
            f"丁{n}",
            f"139000{n:05}",
            topic,
            draw.choice(["来访", "电话"]),
            draw.choice([1, 1, 2]),
        ]
        for n, topic in enumerate(topics)
    ]


def papers(town: TownYear) -> dict[str, Document]:
    """The year's documents as the notebooks hand them over."""
    told = report.read_statistics(town)
    parts = [
        show(town, told).document for show in (report.show_narrative, report.show_figures, appendix.show_report_tables)
    ]
    whole = Document(
        meta=parts[0].meta, blocks=[block for part in parts for block in part.blocks], evidence=parts[0].evidence
    )
    sheets = appendix.sheets(town, told, summaries.published_tables(town))
    appendix.write_appendix(town, sheets)
    view = trends.open_view(town.year, str(town.workspace.root))
    found = trends.find(view)
    trends.write_findings(view, found)
    return {
        "report": whole,
        "appendix": appendix.show_attachments(town, sheets).document,
        "trends": trends.show_document(view, found).document,
    }


def printed(town: TownYear) -> dict[str, str]:
    """Everything that may be read in the year's public files, as text, a line a sentence, row or label."""
    made = papers(town)
    texts = {f"{name}.html": _page(render_html(document)) for name, document in made.items() if name != "appendix"}
    texts["report.docx"] = _docx(render_docx(made["report"]))
    texts["appendix.docx"] = _docx(render_docx(made["appendix"]))
    texts |= {f"{name}.pdf": _pdf(render_pdf(document)) for name, document in made.items()}
    texts["appendix.xlsx"] = _cells(town.processed / "appendix.xlsx")
    texts["trends.json"] = _public_json((town.processed / "trends.json").read_text(encoding="utf-8"))
    return texts


def _page(page: str) -> str:
    """The text of a page, the words of its drawings and its data among it."""
    tree = html.document_fromstring(page)
    data = [node.text or "" for node in tree.xpath('//script[@type="application/json"]')]
    labels = [node.get("aria-label") for node in tree.xpath("//*[@aria-label]")]
    for node in tree.xpath("//script|//style"):
        node.getparent().remove(node)
    for row in tree.xpath("//tr"):
        row.tail = "\n"
    for cell in tree.xpath("//td|//th|//li"):
        cell.tail = f"\t{cell.tail or ''}"
    return "\n".join([tree.text_content(), *labels, *(line for one in data for line in one.split("},{"))])


def _docx(file: bytes) -> str:
    import io

    import docx

    word = docx.Document(io.BytesIO(file))
    rows = ["\t".join(cell.text for cell in row.cells) for table in word.tables for row in table.rows]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *rows])


def _pdf(file: bytes) -> str:
    import pypdfium2

    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))
    return "\n".join(page.replace("\r\n", "\n") for page in pages)


def _cells(path: Path) -> str:
    rows = (row for page in openpyxl.load_workbook(path).worksheets for row in page.iter_rows(values_only=True))
    return "\n".join("\t".join(str(cell) for cell in row if cell is not None) for row in rows)


def _public_json(text: str) -> str:
    import json

    told = json.loads(text)
    return "\n".join(
        json.dumps(one, ensure_ascii=False) for part in ("findings", "notes") for one in told[part] if one["public"]
    )


def numbers(text: str) -> set[float]:
    """Every number in a text, percentages as they stand."""
    return {float(one.replace(",", "")) for one in re.findall(r"(?<![\d.])\d[\d,]*(?:\.\d+)?", text)}
