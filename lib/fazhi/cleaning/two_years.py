"""One event in the ledgers of two years, as a case of last December entered again in January: an analyst says where it counts.

Each year is cleaned by itself: a decision holds the fingerprints of both rows, as the clean tables of their years show them,
and so tells each year which of its rows to leave out. The question is asked where both years' tables are at hand
(`fazhi.indicators.two_years`).
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

from fazhi.cleaning.clean_table import SOURCE
from fazhi.cleaning.decided import EARLIER, LATER, LETTERS, TWO_YEARS, plain
from fazhi.cleaning.records import Cleaned, Record
from fazhi.issues import Issue
from fazhi.workspace.clean_rows import CleanRows
from fazhi.workspace.key import digester


def fingerprints(table: CleanRows, key: bytes) -> list[str]:
    """Ten letters of everything that each row of a clean table says, wherever it stands."""
    digest: Callable[[str], str] = digester(key, 5)
    names = sorted(name for name in table.names if name not in SOURCE)
    rows = zip(*(table[name] for name in names), strict=True)
    said = ([(name, text) for name, value in zip(names, row, strict=True) if (text := plain(value))] for row in rows)
    return [digest(repr(row)).translate(LETTERS) for row in said]


def question(ledger: str, year: int, earlier: str, later: str) -> str:
    """The name in aliases.yml of the question about a row of the year before and one of `year`."""
    return f"{ledger}.{year}.{TWO_YEARS}.{earlier}.{later}"


def leave_to_other_year(
    cleaned: Cleaned, table: CleanRows, year: int, once: Mapping[str, str], key: bytes
) -> list[Issue]:
    """Leave out the records of which an analyst has said that they count in the other year; a sentence about each.

    `table` is the clean table of `cleaned`, row for row; it is to be made anew where anything is said.
    """
    decided = list(_said(cleaned.ledger.id, year, once))
    if not decided:
        return []
    places = dict(zip(reversed(fingerprints(table, key)), reversed(list(_kept(cleaned))), strict=True))
    return [_left_out(cleaned, name, once[name], other, places.get(print_)) for name, other, print_ in decided]


def _said(ledger: str, year: int, once: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Of each decision that leaves out a row of `year`: its name, the year where the event counts, the row's fingerprint."""
    for answer, asked_in, other, place in ((EARLIER, year, year - 1, 1), (LATER, year + 1, year + 1, 0)):
        head = f"{ledger}.{asked_in}.{TWO_YEARS}."
        for name in sorted(name for name, means in once.items() if name.startswith(head) and means == answer):
            pair = name.removeprefix(head).split(".")
            if len(pair) == 2:
                yield name, other, pair[place]


def _kept(cleaned: Cleaned) -> Iterator[Record]:
    """The records that count, in the order of the clean table."""
    return chain.from_iterable(
        (Record(part, at) for at, fate in enumerate(part.fates) if fate == "kept") for part in cleaned.parts
    )


def _left_out(cleaned: Cleaned, name: str, answer: str, other: int, record: Record | None) -> Issue:
    if record is None:
        return Issue.of("decision_unused", "aliases.yml", name=name, said=answer)
    record.settle("superseded", f"在{other}年计入，已认定：{answer}")
    texts: dict[str, Any] = {"other": f"{other}年台账的一行", "differing": "", "year": other}
    return Issue.of(
        "counted_in_two_years", record.part.file, record.part.sheet, severity="info", row=record.row, ledger=cleaned.ledger.id,
        question=name, outcome=f"已认定：{answer}，本行不计入", **texts,
    )  # fmt: skip
