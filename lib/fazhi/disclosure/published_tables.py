"""What tables and trends say when they are published, as offers: a table as it stands, or not at all."""

from collections.abc import Iterator, Mapping, Sequence

from fazhi.disclosure import statements
from fazhi.disclosure.offers import SHOWN, Form, Offer, Summed
from fazhi.disclosure.published_series import ALL, PERIODS, Published, trends_id
from fazhi.disclosure.row_book import SOMETHING, UNSAID, RowBook
from fazhi.disclosure.statements import Rows, Statement
from fazhi.disclosure.suppression import REST

SUM = "sum"
TOWN = "town"
CLOSED, MONEY = "closed", "money"


def months_of(period: str) -> tuple[str, ...] | None:
    """The months of a period (1月, 第一季度, 上半年, 全年); None for what is none."""
    for step, names in PERIODS.items():
        if period in names:
            first = names.index(period) * step + 1
            return tuple(str(month) for month in range(first, first + step))
    return None


def table_offer(table: str, title: str, says: Sequence[Statement], sums: Sequence[Summed]) -> Offer:
    return Offer(table_id(table), title, (Form(SHOWN, tuple(says), tuple(sums)),))


def table_id(table: str) -> str:
    return f"table:{table}"


def series_offers(
    published: Published,
    ledger: str,
    date: str,
    columns: Mapping[str, str],
    book: RowBook,
    towns: Sequence[str] = ("",),
) -> Iterator[Offer]:
    """An offer for the whole and one a dimension: of one town, or of several together.

    `columns`: dimension -> column of the ledger (`TOWN`: the town itself), `date` the column of its date.
    """
    whole = published.whole
    if whole is not None:
        statements = (_by_period(ledger, year, towns, date, counts) for year, counts in whole.values.items())
        yield Offer(trends_id(ALL), f"趋势：{ALL}", (Form(SHOWN, tuple(said for one in statements for said in one)),))
    for dimension, column in columns.items():
        lines = published.of(dimension)
        alone = {line.name for line in lines}
        every = towns if column == TOWN else book.values(ledger, column)
        said = []
        for line in lines:
            values = [value for value in every if value not in alone] if line.name == REST else [line.name]
            for year, counts in line.values.items():
                rows = [Rows(ledger, year, town=town) for town in (values if column == TOWN else towns)]
                rows = rows if column == TOWN else [one.also(column, values) for one in rows]
                said.append(_together(rows, sum(counts)))
        if lines:
            yield Offer(trends_id(dimension), f"趋势：{dimension}", (Form(SHOWN, tuple(said)),))


def _together(rows: Sequence[Rows], number: float) -> Statement:
    return Statement(tuple((1.0, one) for one in rows), number, number)


def _by_period(ledger: str, year: int, towns: Sequence[str], column: str, counts: Sequence[int]) -> Iterator[Statement]:
    rows = [Rows(ledger, year, town=town) for town in towns]
    yield _together(rows, sum(counts))
    step = 12 // len(counts)
    for place, number in enumerate(counts):
        months = [str(month) for month in range(place * step + 1, (place + 1) * step + 1)]
        yield _together([one.also(column, months) for one in rows], number)


def closed_offer(rows: Rows, column: str, book: RowBook, label: str) -> Offer:
    """How many cases are done with."""
    done = rows.also(column, set(book.values(rows.ledger, column)) - {UNSAID})
    return Offer(trends_id(CLOSED), label, (Form(SHOWN, (statements.count(done, book.number(done)),)),))


def money_offer(rows: Rows, column: str, book: RowBook, label: str) -> Offer:
    """How many cases have money and how much it is; or how much alone."""
    paid, summed = rows.also(column, [SOMETHING]), (Summed(rows, column),)
    forms = (Form(SHOWN, (statements.count(paid, book.number(paid)),), summed), Form(SUM, (), summed))
    return Offer(trends_id(MONEY), label, forms)
