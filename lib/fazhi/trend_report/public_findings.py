"""Which findings the published trends tell, and in which words: each is held against all that the year's papers say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

import pandas as pd

from fazhi.disclosure import statements
from fazhi.disclosure.dominance import FEWEST_FOR_MEDIAN
from fazhi.disclosure.offers import NOTHING, Decision, Form, Offer, decide, form_key
from fazhi.disclosure.publication_audit import Auditor
from fazhi.disclosure.published_series import ALL, Published, trends_id
from fazhi.disclosure.published_tables import TOWN, series_offers
from fazhi.disclosure.row_book import NOTHING as NO_MONEY
from fazhi.disclosure.row_book import SOMETHING, UNSAID, RowBook
from fazhi.disclosure.statements import Rows, Statement
from fazhi.trend_report.publishable import about, inside_months, may_be_published, splits_few
from fazhi.trend_report.selection import View
from fazhi.trends.finding import Finding

_INTERVAL = re.compile(r"（差的95%区间[^）]*）")  # with both rates it tells what they were divided by
PRIVATE_KINDS = ("repeat", "round")  # what single people, or their sums, have in common
FULL, SHORT, WIDER = "full", "short", "wider"


@dataclass(frozen=True)
class PublicFinding:
    """A finding in the words in which it is published, and its name in the list of published statements."""

    finding: Finding
    sentence: str
    key: str


def public_findings(view: View, published: Published, found: Sequence[Finding]) -> list[PublicFinding]:
    """The findings and notes that may be told, in their order; decided once for a view and its findings."""
    known, public = view.kept.get("findings", ((), []))
    if list(map(id, known)) != list(map(id, found)):
        public = _decided(view, published, found)
        view.kept["findings"] = tuple(found), public
    return list(public)


def _decided(view: View, published: Published, found: Sequence[Finding]) -> list[PublicFinding]:
    if view.threshold < 2:
        return [
            PublicFinding(one, one.sentence, form_key(_id(place), FULL))
            for place, one in enumerate(found)
            if one.public
        ]
    book = book_of(view)
    offers = [
        Offer(_id(place), one.sentence, tuple(_all_forms(one, view, published, book)))
        for place, one in enumerate(found)
    ]
    decision = _decision(view, book, offers)
    public = []
    for place, one in enumerate(found):
        form = decision.forms[_id(place)]
        if form != NOTHING:
            public.append(_in_form(one, form, form_key(_id(place), form)))
    return public


def _in_form(finding: Finding, form: str, key: str) -> PublicFinding:
    """A finding in the form decided on."""
    one = finding.wider if form == WIDER and finding.wider else finding
    return PublicFinding(one, _INTERVAL.sub("", one.sentence) if form == SHORT else one.sentence, key)


def _all_forms(finding: Finding, view: View, published: Published, book: RowBook) -> Iterator[Form]:
    """What a finding tells, and what it tells where the part that makes it is left out."""
    yield from _forms(finding, view, published, book)
    if finding.wider:
        yield from (replace(form, name=WIDER) for form in _forms(finding.wider, view, published, book))


def published_of(view: View) -> Published:
    """The series that may be published; of several towns, beside what each of them publishes by itself."""
    if "series" not in view.kept:
        view.kept["series"] = _series(view)
    return cast(Published, view.kept["series"])


def _series(view: View) -> Published:
    every = view.published()
    if len(view.towns) == 1 or view.threshold < 2:
        return every
    book, roles = book_of(view), view.roles
    columns = {TOWN: TOWN, **{name: column for name, column in roles.groups.items() if name != "village"}}
    offers = list(series_offers(every, view.ledger.id, roles.date, columns, book, view.records.towns))
    forms = _decision(view, book, offers).forms
    return every.without([name for name in (ALL, *columns) if forms.get(trends_id(name)) == NOTHING])


_FINDING = "finding:"


def is_finding(key: str) -> bool:
    """Whether something that is told is a finding, held against the list when it was found."""
    return key.startswith(_FINDING)


def _id(place: int) -> str:
    return f"{_FINDING}{place + 1}"


def _decision(view: View, book: RowBook, offers: Sequence[Offer]) -> Decision:
    labels = {view.ledger.id: {"": view.ledger.title, **{name: one.label for name, one in view.ledger.columns.items()}}}
    auditor = Auditor(book, view.threshold, {view.ledger.id: view.roles.date}, labels)
    given = [said for said in view.published_elsewhere if book.holds(said)]
    return decide(offers, given, auditor, book.holds, lambda _: True)


def book_of(view: View) -> RowBook:
    """The rows looked at, in the words of their ledger's columns."""
    rows, roles = view.records.rows, view.roles
    columns = {column: rows[name].astype(str) for name, column in roles.groups.items()}
    columns[roles.date] = rows["month"].astype(str)
    if roles.closed:
        columns[roles.closed] = rows["closed_on"].dt.month.map(
            lambda month: UNSAID if pd.isna(month) else str(int(month))
        )
    if roles.amount:
        columns[roles.amount] = (rows["amount_yuan"] > 0).map({True: SOMETHING, False: NO_MONEY})
    worded = pd.DataFrame(columns, index=rows.index)
    keys = rows["town"] if len(view.towns) > 1 else pd.Series("", index=rows.index)
    frames = {
        (town, view.ledger.id, year): worded[(keys == town) & (rows["year"] == year)]
        for town in sorted(set(keys))
        for year in view.records.years
    }
    vocabularies = {name: tuple(spec.values) for name, spec in view.ledger.columns.items() if spec.values}
    return RowBook(frames, {view.ledger.id: vocabularies})


def _forms(finding: Finding, view: View, published: Published, book: RowBook) -> Iterator[Form]:
    """What a finding tells; nothing where it is about single people, or shows a small number by itself."""
    kinds = {finding.kind, *(part.kind for part in finding.parts)}
    if (
        kinds & set(PRIVATE_KINDS)
        or not may_be_published(finding, view, published)
        or splits_few(finding, view, published)
    ):
        return
    roles = view.roles
    if finding.measure == f"{roles.rate}之差":
        rates = _rate_rows(finding, view)
        if all(book.knows(rows) for rate in rates for rows in (*rate.above, *rate.below)):
            yield Form(FULL, tuple(_sum(rows, book) for rate in rates for rows in (rate.above, rate.below)))
            yield Form(SHORT, tuple(said for rate in rates for said in _rate(rate, book)))
    elif finding.kind == "change" and finding.measure in (f"{roles.closing}天数之差", f"{roles.paid}金额之差"):
        if _has_enough(finding, view):
            yield Form(FULL)
    elif (
        finding.kind != "change" or not view.records.last_day
    ):  # the days of a part of a month are no rows that could be named
        yield Form(FULL, tuple(_counts(finding, view, book)))


@dataclass(frozen=True)
class Rate:
    """The rows of one or more years of which a share is told: those above the line and those below."""

    above: tuple[Rows, ...]
    below: tuple[Rows, ...]


def _rate_rows(finding: Finding, view: View) -> list[Rate]:
    roles, ledger = view.roles, view.ledger.id

    def rows(years: Sequence[int], *outcomes: str | None) -> tuple[Rows, ...]:
        return tuple(Rows.of(ledger, year, {roles.outcome or "": list(outcomes)}) for year in years)

    return [
        Rate(rows(years, roles.success), rows(years, roles.success, roles.failure))
        for years in ([_year(finding, view)], years_before(finding, view))
    ]


def _year(finding: Finding, view: View) -> int:
    return int(finding.period) if finding.period and finding.period.isdigit() else view.year


def years_before(finding: Finding, view: View) -> list[int]:
    """The years that a change is held against."""
    if not finding.against:
        return [_year(finding, view) - 1]
    first, last = map(int, finding.against.split("/"))
    return [year for year in view.records.years if first <= year <= last]


def _sum(rows: Sequence[Rows], book: RowBook) -> Statement:
    number = sum(book.number(one) for one in rows)
    return Statement(tuple((1.0, one) for one in rows), number, number)


def _rate(rate: Rate, book: RowBook) -> Iterator[Statement]:
    """A share as it is printed; of several years together the rows of each stand for those of one."""
    above, below = (sum(book.number(one) for one in rows) for rows in (rate.above, rate.below))
    for said in statements.rate(rate.above[0], rate.below[0], above / below if below else 0.0, 1):
        terms = [
            (weight, one)
            for weight, first in said.terms
            for one in (rate.above if first == rate.above[0] else rate.below)
        ]
        yield replace(said, terms=tuple(terms))


def _has_enough(finding: Finding, view: View) -> bool:
    """Whether a median of days or sums is nobody's own."""
    rows, year = view.records.rows, int(finding.period or view.year)
    known = (
        rows["amount_yuan"] > 0 if finding.measure == f"{view.roles.paid}金额之差" else rows["days_to_close"].notna()
    )
    return all(int((known & (rows["year"] == one)).sum()) >= FEWEST_FOR_MEDIAN for one in (year, year - 1))


def _counts(finding: Finding, view: View, book: RowBook) -> Iterator[Statement]:
    """The numbers of what a finding is about, in its time and (of a step or season) outside it."""
    named = {view.roles.groups[name]: value for name, value in about(finding).items() if name in view.roles.groups}
    towns = [finding.town] if finding.town and len(view.towns) > 1 else sorted({town for town, _, _ in book.frames})
    inside = inside_months(finding, view)
    times = [inside]
    if finding.kind in ("step", "season"):
        times.append({year: frozenset(range(1, 13)) - months for year, months in inside.items()})
    if finding.kind == "change":
        months = frozenset(range(1, view.records.months + 1))
        times.append(dict.fromkeys(years_before(finding, view), months))
    for time in times:
        terms = [
            (1.0, _rows(view, town, year, named, months))
            for town in towns
            for year, months in time.items()
            if months and (town, view.ledger.id, year) in book.frames
        ]
        if terms:
            number = sum(book.number(rows) for _, rows in terms)
            yield Statement(tuple(terms), number, number)


def _rows(view: View, town: str, year: int, named: dict[str, str], months: frozenset[int]) -> Rows:
    rows = Rows.of(view.ledger.id, year, named, town)
    return rows if len(months) == 12 else rows.also(view.roles.date, map(str, months))
