"""Which findings the published trends tell, and in which words: each is held against all that the year's papers say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
FULL, SHORT = "full", "short"


@dataclass(frozen=True)
class PublicFinding:
    """A finding in the words in which it is published, and its name in the list of published statements."""

    finding: Finding
    sentence: str
    key: str


def public_findings(view: View, published: Published, found: Sequence[Finding]) -> list[PublicFinding]:
    """The findings and notes that may be told, in their order."""
    if view.threshold < 2:
        return [
            PublicFinding(one, one.sentence, form_key(_id(place), FULL))
            for place, one in enumerate(found)
            if one.public
        ]
    book = book_of(view)
    offers = [
        Offer(_id(place), one.sentence, tuple(_forms(one, view, published, book))) for place, one in enumerate(found)
    ]
    decision = _decision(view, book, offers)
    public = []
    for place, one in enumerate(found):
        form = decision.forms[_id(place)]
        if form != NOTHING:
            sentence = _INTERVAL.sub("", one.sentence) if form == SHORT else one.sentence
            public.append(PublicFinding(one, sentence, form_key(_id(place), form)))
    return public


def published_of(view: View) -> Published:
    """The series that may be published; of several towns, beside what each of them publishes by itself."""
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
        above, below = _rate_rows(finding, view)
        if all(book.knows(rows) for rows in (*above, *below)):
            yield Form(FULL, tuple(statements.count(rows, book.number(rows)) for rows in (*above, *below)))
            yield Form(SHORT, tuple(_rates(above, below, book)))
    elif finding.kind == "change" and finding.measure in (f"{roles.closing}天数之差", f"{roles.paid}金额之差"):
        if _has_enough(finding, view):
            yield Form(FULL)
    else:
        yield Form(FULL, tuple(_counts(finding, view, book)))


def _rate_rows(finding: Finding, view: View) -> tuple[list[Rows], list[Rows]]:
    roles, year = view.roles, int(finding.period or view.year)
    wanted = {"above": [roles.success], "below": [roles.success, roles.failure]}
    above, below = (
        [Rows.of(view.ledger.id, one, {roles.outcome or "": values}) for one in (year, year - 1)]
        for values in wanted.values()
    )
    return above, below


def _rates(above: Sequence[Rows], below: Sequence[Rows], book: RowBook) -> Iterator[Statement]:
    for one, whole in zip(above, below, strict=True):
        share = book.number(one) / book.number(whole) if book.number(whole) else 0.0
        yield from statements.rate(one, whole, share, 1)


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
    if finding.kind == "change" and finding.period and finding.period.isdigit():
        times.append({int(finding.period) - 1: inside.get(int(finding.period), frozenset())})
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
