"""Rows that say they are more than one record: 3起：…, 张三等4件, 青罚〔2025〕1—3号. Asked about."""

import re
from collections.abc import Iterator

from fazhi.dictionary.models import Ledger
from fazhi.recognition.headers import Table
from fazhi.recognition.void_marks import Doubt
from fazhi.values.normalise import normalise

_MANY = r"(?:[2-9]|[1-9]\d{1,3}|[二两三四五六七八九十]{1,3})"
_WHOLE = re.compile(
    rf"^(?:共|计|合计|总计|本[周月季]|当[日天月]|同类)?(?:纠纷|案件|咨询)?{_MANY}(?:起|件|宗|例|桩)(?:纠纷|案件?|咨询)?(?:[:;,，。(]|$)"
)
_AND_OTHERS = re.compile(rf"等(?:共|计)?{_MANY}(?:起|宗|桩|件(?:纠纷|案件?|咨询)?)(?:$|[,;。(])")
_NUMBERS = re.compile(r"(?<!\d)\d{1,5}号.*?(?<!\d)\d{1,5}号")
_RANGE = re.compile(r"(?<!\d)(\d{1,5})号?(?:[-—–~～至到]+)第?(\d{1,5})号")
_PLACES = re.compile(rf"等(?:共|计)?{_MANY}(?:家|户|所|处|个)|^(?:共|计)?{_MANY}(?:家|户)(?:$|[^\w])")
_LISTED = re.compile(r"[^、()]{2,}(?:、[^、()]{2,})+")
_HINT = re.compile("[起件宗例桩号家户所处个、]")
_SPOKEN = frozenset({"text", "person", "persons", "party", "vocabulary"})


def several_in_one_row(table: Table, ledger: Ledger) -> Iterator[Doubt]:
    """A question for each row that may hold several records, in ledgers in which a row is one."""
    if any(column.kind == "count" and column.required for column in ledger.columns.values()):
        return
    named = {
        at: ledger.columns[name].label for name, at in table.columns.items() if ledger.columns[name].kind in _SPOKEN
    }
    numbered = {at for at, label in named.items() if label.endswith("文号")}
    parties = {at for name, at in table.columns.items() if ledger.columns[name].kind == "party"}
    one_party = (
        parties if len(parties) == 1 else set()
    )  # a case has two sides of several people each; a visit has one place
    aside = {} if table.remark is None else {table.remark: "备注"}
    asked: set[int] = set()
    for at, label in {**table.unknown, **named, **aside}.items():
        said = {
            cell: words
            for cell in table.sheet.texts_in(at)
            if (words := _said(cell, numbered=at in numbered, alone=at in one_party))
        }
        below = table.below(at) if said else ()
        for number, cell in enumerate(below, table.first_data_row + 1):
            if isinstance(cell, str) and cell in said and number not in asked:
                asked.add(number)
                yield Doubt("row_several", label, f"写着“{said[cell]}”", number)


def _said(cell: str, *, numbered: bool, alone: bool) -> str:
    """The words by which a cell speaks of several records; "" where it does not.

    `numbered`: it holds a document's number; `alone`: it names the one party that a record is of.
    """
    if not _HINT.search(cell):  # nearly all cells: told before anything is normalised
        return ""
    text = normalise(cell)
    if found := _WHOLE.search(text) or _AND_OTHERS.search(text):
        return found[0].strip(":;,，。(")
    if alone and (found := _PLACES.search(text)):
        return found[0]
    if alone and _LISTED.fullmatch(text):
        return "几个名称"
    if numbered and (_NUMBERS.search(text) or any(_is_range(*one) for one in _RANGE.findall(text))):
        return "几个文号"
    return ""


def _is_range(first: str, last: str) -> bool:
    """Whether two numbers are the ends of a range; 2025-3号 is no range."""
    return 0 < int(last) - int(first) < 200 and not re.fullmatch(r"20\d\d", first)
