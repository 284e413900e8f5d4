"""A table that no ledger and no form explains, opened all the same: its header by shape, whose it may be, what may be what.

Nothing is counted by a proposal: it is what the analyst is shown, and what becomes a form once it is accepted.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import PurePosixPath

from fazhi.dictionary.models import Column
from fazhi.intake import RawFile, RawSheet
from fazhi.recognition.claims import by_titles
from fazhi.recognition.column_contents import PLAIN_KINDS, assign_by_content, fits
from fazhi.recognition.headers import SAMPLE_ROWS, Header, header_candidates, text_at, titles_above
from fazhi.town_year import TownSettings
from fazhi.values.titles import is_known_aside, likely_columns, title_match

_LONGEST_TITLE = 30
_MINIMUM = 3  # titles of a table
_OFFERS = 3


@dataclass(frozen=True)
class Proposal:
    """A sheet's table as it could be read: `columns` are certain by their titles or contents, `offers` are to be chosen among."""

    ledgers: tuple[str, ...]  # the likeliest first; the mapping is for the first
    header: Header
    headings: Mapping[int, str]  # cell column -> heading, as a form names it
    columns: Mapping[str, str]  # heading -> column
    offers: Mapping[str, tuple[str, ...]]  # other heading -> columns that it may be
    missing: tuple[str, ...]  # columns that nothing certain answers to


def shape_header(sheet: RawSheet) -> Header | None:
    """The rows that look like a header: the most distinct short texts over rows that are filled below them."""
    best: tuple[float, Header] | None = None
    headers = header_candidates(sheet)
    rows = sheet.rows[: max((header.last_row for header in headers), default=0) + 1 + SAMPLE_ROWS]
    filled = [{at for at in range(len(row)) if text_at(sheet, number, at)} for number, row in enumerate(rows)]
    for header in headers:
        titles = [names[0] for names in header.titles if names]
        if len(titles) < _MINIMUM or any(len(title) > _LONGEST_TITLE for title in titles):
            continue
        depth = header.last_row - header.first_row  # a title alone in its row is no group above the columns
        score = len(set(titles)) * _filled_below(filled, header) - 0.01 * header.first_row - 0.1 * depth
        if score > 0 and (best is None or score > best[0]):
            best = score, header
    return best[1] if best else None


def _filled_below(filled: Sequence[Set[int]], header: Header) -> float:
    """How much of the columns is filled in the rows below, on average; none where there are no rows. `filled` says of each row
    which cells hold something."""
    places = {at for at, names in enumerate(header.titles) if names}
    rows = filled[header.last_row + 1 : header.last_row + 1 + SAMPLE_ROWS]
    shares = [share for row in rows if (share := len(row & places) / len(places))]
    return sum(shares) / len(shares) if shares else 0.0


def headings_of(header: Header) -> dict[int, str]:
    """Cell column -> its heading: the lowest text, with its group before it where another column has the same."""
    lowest = [names[0] if names else "" for names in header.titles]
    whole = {
        at: names[1] if len(names) > 1 and lowest.count(names[0]) > 1 else names[0]
        for at, names in enumerate(header.titles)
        if names
    }
    return {at: heading for at, heading in whole.items() if not is_known_aside(heading)}


def propose(file: RawFile, sheet: RawSheet, settings: TownSettings, ledger: str = "") -> Proposal | None:
    """How the sheet's table could be read, as `ledger` where that is known; None where the sheet holds no table."""
    header = shape_header(sheet)
    if header is None:
        return None
    ledgers = (ledger,) if ledger else _likely(file, sheet, header, settings)
    spec = settings.specs.ledgers[ledgers[0]]
    vocabularies = settings.vocabularies[spec.id]
    found = by_titles(sheet, header, spec.id, settings)
    found |= assign_by_content(sheet, header, found, vocabularies)
    headings = headings_of(header)
    columns = {headings[at]: name for name, at in found.items() if at in headings}
    missing = {name: column for name, column in spec.columns.items() if name not in found}
    offers = {
        heading: offered
        for at, heading in headings.items()
        if heading not in columns and (offered := _offers(sheet, header, at, missing, settings, spec.id))
    }
    return Proposal(ledgers, header, headings, columns, offers, tuple(missing))


def _likely(file: RawFile, sheet: RawSheet, header: Header, settings: TownSettings) -> tuple[str, ...]:
    """The ledgers by how well titles name them, then by how many of their columns stand in the header."""
    texts = [*titles_above(sheet, header), sheet.name, PurePosixPath(file.path).stem]

    def rank(name: str) -> tuple[float, str]:
        spec = settings.specs.ledgers[name]
        named = max(title_match(text, spec) for text in texts)
        known = len(by_titles(sheet, header, name, settings)) / len(spec.columns)
        return -(named + known), name

    return tuple(sorted(settings.specs.ledgers, key=rank)[:_OFFERS])


def _offers(
    sheet: RawSheet, header: Header, at: int, missing: Mapping[str, Column], settings: TownSettings, ledger: str
) -> tuple[str, ...]:
    """The missing columns that a heading may be: whose words are like it and whose kind its cells are."""
    rows = sheet.rows[header.last_row + 1 :][:SAMPLE_ROWS]
    cells = [row[at] for row in rows if at < len(row)]
    known = settings.vocabularies[ledger]
    alike = likely_columns(header.titles[at][0], missing)
    return tuple(
        name for name in alike if missing[name].kind in PLAIN_KINDS or fits(cells, missing[name], known.get(name))
    )
