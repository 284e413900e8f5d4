"""Rows of a neighbouring year about New Year, which count here only where an analyst says so.

A case of December in this year's ledger alone is left out here for its date, and stands in no ledger of its own year. Whether it
does is seen where both years' tables are at hand (`fazhi.indicators.in_no_year`); here such rows are handed on, and the answers
are applied. An answer knows its rows by fingerprints of the clean table that they would make.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from fazhi.cleaning.cells import Value
from fazhi.cleaning.decided import COUNT, NO_YEAR
from fazhi.cleaning.records import Cleaned, CleanTable, Record
from fazhi.cleaning.two_years import fingerprints
from fazhi.issues import Issue
from fazhi.workspace.clean_rows import CleanRows

NEAR = 62  # days from New Year


def about_new_year(cleaned: Cleaned, year: int) -> Cleaned:
    """The same with only those records, as if they counted, that were left out for a date near to `year`.

    Tables that are mostly of other years are asked about as wholes.
    """
    name = cleaned.ledger.date_column or ""
    strayed = [part for part in cleaned.parts if "out_of_year" in part.fates]
    parts = [replace(part, fates=_fates(part, part.values.get(name, ()), year)) for part in strayed]
    return replace(cleaned, parts=[part for part in parts if "kept" in part.fates])


def _fates(part: CleanTable, days: Sequence[Value], year: int) -> list[str]:
    if not days or part.fates.count("out_of_year") > part.fates.count("kept"):
        return [""] * len(part.fates)
    near = (fate == "out_of_year" and _is_near(day.value, year) for fate, day in zip(part.fates, days, strict=True))
    return ["kept" if one else "" for one in near]


def _is_near(day: date, year: int) -> bool:
    return 0 < (date(year, 1, 1) - day).days <= NEAR or 0 < (day - date(year, 12, 31)).days <= NEAR


def decided(ledger: str, year: int, once: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Of each row's fingerprint, the name of the question that asks about it and the answer."""
    head = f"{ledger}.{year}.{NO_YEAR}."
    names = [name for name in sorted(once) if name.startswith(head)]
    return {print_: (name, once[name]) for name in names for print_ in name.removeprefix(head).split("-")}


def question(ledger: str, year: int, prints: Sequence[str]) -> str:
    """The name in aliases.yml of the question about these rows."""
    return f"{ledger}.{year}.{NO_YEAR}.{'-'.join(prints)}"


def count_in_this_year(
    near: Cleaned, cleaned: Cleaned, table: CleanRows, year: int, once: Mapping[str, str], key: bytes
) -> Iterator[Issue]:
    """Let those rows count of which an analyst says so; a sentence about each. `table` is the clean table of `near`."""
    said = decided(cleaned.ledger.id, year, once)
    if not said:
        return
    own = {id(part.table): part for part in cleaned.parts}
    places = chain.from_iterable(
        (Record(own[id(shown.table)], at) for at, fate in enumerate(shown.fates) if fate == "kept")
        for shown in near.parts
    )
    counted: set[str] = set()
    for record, print_ in zip(places, fingerprints(table, key), strict=True):
        name, answer = said.get(print_, ("", ""))
        if answer == COUNT and print_ not in counted:
            counted.add(print_)
            record.settle("kept", f"已认定：{COUNT}")
            yield Issue.of(
                "counts_in_no_year", record.part.file, record.part.sheet, severity="info", row=record.row,
                ledger=cleaned.ledger.id, found="日期不在本年", advice=f"已认定：{COUNT}，在本年计入。", question=name,
            )  # fmt: skip
