"""Statistics made fit to publish: of figures about people, the forms in which each of their parts may be printed.

Which indicators are about people is data (`persons` in indicators.yml). A count below the threshold is printed 不足3件; a rate
that would tell how few are left out, in whole percent or as 95%以上; last year's figures, changes, what a rate was divided by
and the rows by sheet are left out where they would tell. `publication_audit` says where that is. statistics.json keeps all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, nextafter
from typing import Any

from fazhi.dictionary.models import Indicator
from fazhi.disclosure import statements
from fazhi.disclosure.offers import Form, Offer, Summed, form_key
from fazhi.disclosure.printed_forms import ABOVE, BELOW, EXACT, PARTS, WHOLE, bounded, bounds, shares
from fazhi.disclosure.reported_offers import reported_offers
from fazhi.disclosure.row_book import SOURCE, RowBook, source
from fazhi.disclosure.statements import Rows, Statement
from fazhi.workspace.year_statistics import IndicatorEntry, Number, PlanResult, SheetRows, Statistics

ALL_FILES = "各文件合计"
_SIDES = ("met", "short", "open")  # what says on which side of the target the result lies
WITHHELD = "withheld"  # a target, beside a result that does not say on which side of it it lies


@dataclass(frozen=True)
class PublishedEntry(IndicatorEntry):
    """An indicator's entry as it may be printed.

    Where the value is not published `bound` says on which side of `bound_value` it lies (不足, 以上), or it is `withheld`.
    `digits`, `previous_digits`: decimals of a percentage, where fewer than usual are printed. `previous_withheld`: last
    year's figure is not published; `change_withheld`: nor is the comparison with it. `says`: which forms of the list of
    published statements it shows.
    """

    bound: str = ""
    bound_value: Number | None = None
    withheld: bool = False
    change_withheld: bool = False
    previous_withheld: bool = False
    parts_withheld: bool = False
    digits: int | None = None
    previous_digits: int | None = None
    says: tuple[str, ...] = ()

    @property
    def is_suppressed(self) -> bool:
        """Whether the value itself is not published."""
        return bool(self.bound) or self.withheld


@dataclass(frozen=True)
class PublishedStatistics(Statistics):
    """A year's statistics as they may be printed."""

    indicators: Mapping[str, PublishedEntry]


def disclosed(
    statistics: Statistics, specs: Mapping[str, Indicator], threshold: int, forms: Mapping[str, str]
) -> PublishedStatistics:
    """Make a year's statistics fit to print.

    Parameters
    ----------
    statistics, specs
        The year's statistics, and the indicators by id.
    threshold
        Smaller counts of people's affairs are not printed.
    forms
        Offer -> the form that was decided on (`offers.decide`); what was not decided is left out.

    Returns
    -------
    PublishedStatistics
        Entries about people with bounds, or nothing, in place of what would tell a small count; all others as they are.
    """
    fit = {
        name: _fit(entry, offers_of(name, entry, specs[name], threshold, cases=cases_of(statistics, entry)), forms)
        if entry.persons
        else PublishedEntry(**vars(entry))
        for name, entry in statistics.indicators.items()
    }
    results = [shown_result(row, fit) for row in statistics.plan_results]
    return PublishedStatistics(**{**vars(statistics), "indicators": fit, "plan_results": results})


def cases_of(statistics: Statistics, entry: IndicatorEntry) -> Number | None:
    """How many records the entry's ledger has this year, where an indicator says so."""
    every = statistics.indicators.values()
    counts = (one for one in every if one.ledger == entry.ledger and one.measure == "count" and one.whole)
    return next((one.value for one in counts), None)


def _fit(entry: IndicatorEntry, offers: Sequence[Offer], forms: Mapping[str, str]) -> PublishedEntry:
    """The entry with each of its parts in its form, and without those that have none."""
    fit = PublishedEntry(**vars(entry))
    said: list[str] = []
    for part, offer in zip(PARTS, offers, strict=True):
        form = next((one for one in offer.forms if one.name == forms.get(offer.id)), None)
        fit = replace(fit, **(form.shown if form else _NOTHING[part] if _is_known(entry, part) else {}))
        said += [form_key(offer.id, form.name)] if form else []
    if fit.is_suppressed:
        fit = replace(fit, row_count=0)
    return replace(fit, says=tuple(said))


def _is_known(entry: IndicatorEntry, part: str) -> bool:
    """Whether there is anything of a part that could be withheld."""
    return part not in _FIELDS or getattr(entry, _FIELDS[part]) is not None


_FIELDS = {"value": "value", "previous": "previous", "parts": "numerator", "change": "change"}
_NOTHING: dict[str, dict[str, Any]] = {
    "value": {"value": None, "withheld": True},
    "previous": {"previous": None, "previous_withheld": True},
    "parts": {"numerator": None, "denominator": None, "parts_withheld": True},
    "change": {"change": None, "change_withheld": True},
    "rows": {"rows": []},
    "offices": {"office_counts": {}},
}


def offers_of(
    name: str,
    entry: IndicatorEntry,
    spec: Indicator,
    threshold: int,
    book: RowBook | None = None,
    cases: Number | None = None,
) -> list[Offer]:
    """What may be printed of an indicator, one offer a part, in the order of `PARTS`.

    `book` has the rows, where the forms are to be decided on: a change tells numbers that statistics.json does not have.
    `cases`: how many records the ledger is said to have, for figures that were reported without one.
    """
    if entry.reported:
        return reported_offers(name, entry, spec, threshold, cases)
    year = entry.previous_year + 1
    above = Rows.of(spec.ledger, year, spec.where)
    below = Rows.of(spec.ledger, year, spec.of) if spec.measure == "share" else above
    needs_exact, needs_value = {f"{name}:value": (EXACT,)}, {f"{name}:value": (EXACT, WHOLE)}
    both = {**needs_exact, f"{name}:previous": (EXACT,)}
    made: dict[str, tuple[Sequence[Form], Mapping[str, tuple[str, ...]]]] = {
        "value": (tuple(_values(entry, spec, above, below, threshold)), {}),
        "previous": (tuple(_previous(entry, spec)), {}),
        "parts": (_divided(entry, above, below), needs_value if entry.is_rate else needs_exact),
        "change": (_changes(entry, above, below, book), both),
        "rows": (tuple(_by_sheet(entry, below)), needs_value),
        "offices": (_by_office(entry, below), needs_value),
    }
    labels = dict(zip(PARTS, ("", "的上年数", "的分子分母", "与上年的比较", "依据的行", "按科室的行数"), strict=True))
    return [
        Offer(f"{name}:{part}", spec.label + labels[part], tuple(forms), needs) for part, (forms, needs) in made.items()
    ]


def _values(entry: IndicatorEntry, spec: Indicator, above: Rows, below: Rows, threshold: int) -> Iterator[Form]:
    value = entry.value
    if value is None:
        return
    if entry.measure == "share":
        whole, part = int(entry.denominator or 0), int(entry.numerator or 0)
        if not any(
            0 < few < threshold for few in (part, whole - part)
        ):  # a bound says no more of them than that they are few
            yield from shares(value, above, below, ("value", "digits"))
        yield from bounds(value, whole, above, below, threshold)
    elif entry.measure == "count":
        yield Form(EXACT, (statements.count(above, value),))
        if 0 < value < threshold:
            yield bounded(BELOW, threshold, (statements.fewer(above, threshold),))
        elif value > 10:
            least = floor(value / 10) * 10
            yield bounded(ABOVE, least, (Statement(((1.0, above),), least, statements.OPEN_END),))
    elif entry.measure == "sum":
        assert spec.column is not None
        yield Form(EXACT, sums=(Summed(above, spec.column),))
    elif not 0 < entry.row_count < threshold:
        yield Form(EXACT)


def _previous(entry: IndicatorEntry, spec: Indicator) -> Iterator[Form]:
    value, year = entry.previous, entry.previous_year
    if value is None:
        return
    above = Rows.of(spec.ledger, year, spec.where)
    if entry.measure == "share":
        yield from shares(value, above, Rows.of(spec.ledger, year, spec.of), ("previous", "previous_digits"))
    elif entry.measure == "count":
        yield Form(EXACT, (statements.count(above, value),))
    elif entry.measure == "sum":
        assert spec.column is not None
        yield Form(EXACT, sums=(Summed(above, spec.column),))
    else:
        yield Form(EXACT)


def _divided(entry: IndicatorEntry, above: Rows, below: Rows) -> tuple[Form, ...]:
    if entry.numerator is None:
        return ()
    if entry.measure != "share" or entry.denominator is None:
        return (Form(EXACT),)
    return (Form(EXACT, (statements.count(above, entry.numerator), statements.count(below, entry.denominator))),)


def _changes(entry: IndicatorEntry, above: Rows, below: Rows, book: RowBook | None) -> tuple[Form, ...]:
    """Points of two rates tell more than the rates: they count as if all four numbers stood there."""
    if entry.change is None:
        return ()
    if entry.measure != "share" or book is None:
        return (Form(EXACT),)
    every = [replace(rows, year=year) for year in (entry.previous_year, above.year) for rows in (above, below)]
    return (Form(EXACT, tuple(statements.count(rows, book.number(rows)) for rows in every if book.knows(rows))),)


def _by_sheet(entry: IndicatorEntry, rows: Rows) -> Iterator[Form]:
    """By sheet (a share only by file), by file, all together."""
    if not entry.rows:
        return
    if entry.measure != "share":
        yield _listed("sheets", entry.rows, rows, entry.rows)
    files = [SheetRows(file, "", _rows(entry.rows, file)) for file in sorted({part.file for part in entry.rows})]
    yield _listed("files", files, rows, entry.rows)
    if len(files) > 1:
        yield _listed("all", [SheetRows(ALL_FILES, "", _rows(entry.rows, None))], rows, entry.rows)


def _listed(name: str, parts: Sequence[SheetRows], rows: Rows, every: Sequence[SheetRows]) -> Form:
    says = tuple(
        statements.count(
            rows.also(
                SOURCE,
                [source(one.file, one.sheet) for one in every
                 if part.file in (one.file, ALL_FILES) and part.sheet in (one.sheet, "")],
            ),
            len(part.rows),
        )
        for part in parts
    )  # fmt: skip
    return Form(name, says, shown={"rows": list(parts)})


def _by_office(entry: IndicatorEntry, rows: Rows) -> tuple[Form, ...]:
    says = tuple(
        statements.count(
            rows.also(SOURCE, [source(one.file, one.sheet) for one in entry.rows if one.file.split("/")[0] == office]),
            number,
        )
        for office, number in entry.office_counts.items()
    )
    return (Form(EXACT, says),) if says else ()


def _rows(parts: Sequence[SheetRows], file: str | None) -> list[int]:
    return [row for part in parts if file in (None, part.file) for row in part.rows]


def shown_result(row: PlanResult, fit: Mapping[str, PublishedEntry]) -> PlanResult:
    """A plan target beside its result as it is printed, or without one; met or short only where the printed result tells so.

    完成 beside a target of 99% says that the rate is at least that; beside 98%以上 it may leave one number possible.
    """
    entry = fit.get(row.indicator or "")
    if entry is None or not entry.persons:
        return row
    shown = replace(row, result=None if entry.is_suppressed else entry.value)
    if row.state not in _SIDES or row.target is None:
        return shown
    least, most = _range(entry)
    if least >= row.target:
        return replace(shown, state="met")
    if most <= row.target:
        return replace(shown, state="open" if row.state == "open" else "short")
    return replace(shown, state=WITHHELD)


def _range(entry: PublishedEntry) -> tuple[Number, Number]:
    """The least that a printed value can be, and the least that it cannot: of 不足 and of rounded rates what it is below."""
    if entry.bound and entry.bound_value is not None:
        return (entry.bound_value, float("inf")) if entry.bound == ABOVE else (0, entry.bound_value)
    if entry.withheld or entry.value is None:
        return 0, float("inf")
    if not entry.is_rate or entry.value in (0, 1):
        return entry.value, nextafter(entry.value, float("inf"))
    half = 0.5 / 10 ** ((1 if entry.digits is None else entry.digits) + 2)
    return round(entry.value - half, 9), round(entry.value + half, 9)
