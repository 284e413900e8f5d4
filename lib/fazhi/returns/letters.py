"""Letters to the offices: what they still owe (催报) and what they are to correct (更正), a letter an office.

Made of issues alone. What an office is asked for is what no file holds; a ledger that may lie among files received and not
read is asked of nobody, it is told to the analyst instead.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from fazhi.documents.model import Document
from fazhi.issues import CATALOGUE, NOT_FOR_OFFICES, Issue, unread_files
from fazhi.number_words import day, full_width

SOME_OFFICES = "有关科室"
MAXIMUM_ROWS = 60  # places listed in one letter; the marked workbooks have them all
MAXIMUM_ALIKE = 8  # of one kind in one file
_COLUMNS = (("工作表", 1.4), ("行", 0.8), ("列", 1.6), ("现为", 3.2), ("应为", 3.2))
# What is asked about a ledger as a whole, though its file is there.
_OF_LEDGERS = frozenset({"drift_months", "figure_partial"})
_NAMELESS = frozenset({"file_refused", "file_empty"})  # of which there is no workbook to mark


@dataclass(frozen=True)
class Letter:
    """What one office is asked for: `missing` ledgers by title, `gaps` within those received, `faults` to be corrected."""

    office: str
    missing: tuple[str, ...] = ()
    gaps: tuple[Issue, ...] = ()
    faults: tuple[Issue, ...] = ()

    @property
    def subject(self) -> str:
        """补报, 更正, or both."""
        asked = [word for word, there in (("补报", self.missing or self.gaps), ("更正", self.faults)) if there]
        return "和".join(asked)


@dataclass(frozen=True)
class Terms:
    """What stands around every letter of a year; what is None is left to be filled in."""

    town: str
    year: int
    sender: str
    due: date | None = None
    written: date | None = None
    fonts: Mapping[str, str] = field(default_factory=dict)


def letters(issues: Sequence[Issue], office_key: Callable[[str], Any]) -> tuple[list[Letter], dict[str, str]]:
    """A letter for each office that owes something, in the order of the offices.

    Parameters
    ----------
    issues
        All of the year, as the second step wrote them.
    office_key
        Sorts offices.

    Returns
    -------
    list of Letter
        Offices that owe nothing have none.
    dict
        Missing ledgers that nobody is pressed for: title -> a file received and not read that it may be.
    """
    unread = unread_files(issues)
    spared = {title: file for file, titles in unread.items() for title in titles}
    asked = [issue for issue in issues if _is_asked(issue) and not (_missing(issue) and _title(issue) in spared)]
    named = sorted(asked, key=lambda issue: (office_key(issue.office), issue.office))
    made = [_letter(office, list(mine)) for office, mine in groupby(named, key=lambda issue: issue.office)]
    absent = {_title(issue) for issue in issues if _missing(issue)}
    return made, {title: file for title, file in spared.items() if title in absent}


def _is_asked(issue: Issue) -> bool:
    if issue.severity == "info":
        return False
    return _missing(issue) or issue.kind in _OF_LEDGERS or issue.kind not in NOT_FOR_OFFICES


def _missing(issue: Issue) -> bool:
    return issue.kind == "ledger_missing"


def _title(issue: Issue) -> str:
    return issue.found.removeprefix("没有")


def _letter(office: str, issues: Sequence[Issue]) -> Letter:
    gaps = tuple(issue for issue in issues if issue.kind in _OF_LEDGERS)
    faults = [issue for issue in issues if not _missing(issue) and issue.kind not in _OF_LEDGERS]
    faults.sort(key=lambda issue: (issue.file, issue.rank, issue.sheet, issue.row or 0))
    missing = tuple(dict.fromkeys(_title(issue) for issue in issues if _missing(issue)))
    return Letter(office or SOME_OFFICES, missing, gaps, tuple(faults))


def letter_document(letter: Letter, terms: Terms) -> Document:
    """The letter as a 公文: to the office, its parts numbered, signed and dated."""
    due = f"{day(terms.due)}前" if terms.due else "　　月　　日前"
    opening = f"为做好{terms.town}{terms.year}年法治政府建设年度报告，请{_what(letter)}，于{due}报送{terms.sender}。"
    parts = [part for part in (list(_owed(letter)), list(_to_correct(letter))) if part]
    blocks: list[dict[str, Any]] = [_paragraph(opening)]
    for number, (head, *rest) in zip("一二", parts, strict=False):
        blocks += [{"type": "heading", "level": 1, "text": f"{number}、{head['text']}"}, *rest]
    blocks.append(_paragraph("如有疑问，请与我们联系。感谢支持！"))
    meta = {
        "title": f"关于{letter.subject}{terms.year}年法治政府建设台账的通知",
        "form": "公文版",
        "addressee": letter.office,
        "issuer": terms.sender,
        "date": day(terms.written) if terms.written else "　　　　年　　月　　日",
        "town": terms.town,
        "year": terms.year,
        "fonts": dict(terms.fonts),
    }
    return Document(meta=meta, blocks=blocks)


def _what(letter: Letter) -> str:
    owed = "补报下列台账" if letter.missing or letter.gaps else ""
    wrong = "更正下列内容" if letter.faults else ""
    return "、".join(filter(None, (owed, wrong)))


def _owed(letter: Letter) -> Iterator[dict[str, Any]]:
    """The ledgers that are not there, and the months that those received lack."""
    if not (letter.missing or letter.gaps):
        return
    yield {"text": "请补报的台账"}
    items = [f"{title}：没有收到。" for title in letter.missing]
    items += [f"{issue.file}：{full_width(issue.found)}，请核实，漏报的请补报。" for issue in letter.gaps]
    yield {"type": "list", "ordered": True, "items": items}
    if letter.missing:
        refused = any(issue.kind in _NAMELESS for issue in letter.faults)
        already = "已经在下列没有读入的文件里的，重新报送那个文件即可；" if refused else ""
        yield _paragraph(f"{already}确无此项工作的，请报送一张写明“无”的空表。")


def _to_correct(letter: Letter) -> Iterator[dict[str, Any]]:
    """Files that could not be read; then a table a file: sheet, row, column, what was found, what it should be."""
    if not letter.faults:
        return
    yield {"text": "请更正的内容"}
    unread = [issue for issue in letter.faults if issue.kind in _NAMELESS]
    places = [issue for issue in letter.faults if issue.kind not in _NAMELESS]
    if unread:
        yield _paragraph("下列文件没有读入，请处理后重新报送。")
        items = [f"{_own(issue, letter)}：{issue.found or CATALOGUE[issue.kind].label}。" for issue in unread]
        yield {"type": "list", "ordered": True, "items": items}
    if not places:
        return
    yield _paragraph(
        f"下列{len(places)}处请核对原件后更正，已在随附的工作簿中涂色标出。请在原工作簿上改，列名和格式不必动，改好后报回。"
    )
    listed = _listed(places)
    for _, mine in groupby(listed, key=lambda issue: issue.file):
        faults = list(mine)
        yield _table(_own(faults[0], letter), faults)
    if more := len(places) - len(listed):
        yield _paragraph(f"同样的情形另有{more}处，见随附工作簿第一页“须更正事项”。")


def _listed(faults: Sequence[Issue]) -> list[Issue]:
    """Of many alike in one file the first few: the marked workbook has them all."""
    met: Counter[tuple[str, str]] = Counter()
    found = []
    for issue in faults:
        met[issue.file, issue.kind] += 1
        if met[issue.file, issue.kind] <= MAXIMUM_ALIKE:
            found.append(issue)
    return found[:MAXIMUM_ROWS]


def _own(issue: Issue, letter: Letter) -> str:
    return issue.file.removeprefix(f"{letter.office}/")


def _table(file: str, faults: Sequence[Issue]) -> dict[str, Any]:
    """The faults of one file; how they are mended stands below, each way once."""
    columns = [
        {"title": title, "width": width, "align": "left" if width > 2 else "center"} for title, width in _COLUMNS
    ]
    rows = [
        [issue.sheet, str(issue.row or ""), issue.column, issue.found or CATALOGUE[issue.kind].label, issue.expected]
        for issue in faults
    ]
    ways = dict.fromkeys(CATALOGUE[issue.kind].to_office or issue.advice for issue in faults)
    return {
        "type": "table", "caption": file, "columns": columns, "rows": rows, "note": "".join(way for way in ways if way),
    }  # fmt: skip


def _paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "runs": [{"text": text}]}
