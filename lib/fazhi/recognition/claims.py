"""How well each ledger of the dictionary explains a sheet: by its columns, their contents and the titles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from fazhi.dictionary.models import Column
from fazhi.intake import RawFile, RawSheet
from fazhi.recognition.column_contents import MINIMUM_CELLS, PLAIN_KINDS, assign_by_content, fits, share_known
from fazhi.recognition.headers import (
    Header,
    assign_alike,
    assign_columns,
    column_texts,
    header_candidates,
    titles_above,
)
from fazhi.town_year import TownSettings
from fazhi.values.closed_lists import Villages, Vocabulary
from fazhi.values.titles import holds_name, is_known_aside, title_match

_NEARLY_NAMED = 0.7  # a title's likeness to a ledger's


@dataclass(frozen=True)
class Claim:
    """How well one ledger explains a sheet."""

    ledger: str
    header: Header
    columns: Mapping[str, int]
    covered: float  # share of the ledger's columns found
    explained: float  # share of the sheet's titles that name one of them
    contents: float  # share of closed columns' values that are known
    title: float  # over 1: a title names the ledger; below: a likeness

    @property
    def score(self) -> float:
        return (
            self.covered
            + self.explained
            + 0.5 * self.contents
            + (1.5 * self.title if self.title >= 1 else 0.4 * self.title)
        )

    @property
    def credible(self) -> bool:
        if self.title >= 1:
            return len(self.columns) >= 2 and self.covered >= 0.25
        # In a short table totals, footers and numbered columns weigh against the contents; a title for every column outweighs them.
        contents = 0.25 if self.covered == 1 and len(self.columns) >= 3 else 0.5
        return len(self.columns) >= 2 and self.covered >= 0.6 and self.explained >= 0.5 and self.contents >= contents

    @property
    def explains_wholly(self) -> bool:
        """Whether the ledger is named, and half of its columns and of the sheet's titles are each other's."""
        return self.title >= 1 and self.covered >= 0.5 and self.explained >= 0.5


def claims_of(file: RawFile, sheet: RawSheet, settings: TownSettings, ledger: str | None = None) -> list[Claim]:
    """What the ledgers can say for themselves, the best first: of one where the analyst named it, else of those that the town
    is to keep, and of all where none of these is credible."""
    if ledger is not None:
        return _claims(file, sheet, settings, [ledger])
    expected = [name for name in settings.specs.ledgers if settings.expects(name)]
    claims = _claims(file, sheet, settings, expected)
    if not any(claim.credible for claim in claims):
        claims += _claims(file, sheet, settings, [name for name in settings.specs.ledgers if name not in expected])
    return sorted(claims, key=lambda claim: -claim.score)


def _claims(file: RawFile, sheet: RawSheet, settings: TownSettings, ledgers: Iterable[str]) -> list[Claim]:
    headers = header_candidates(sheet)
    claims = []
    for ledger in ledgers:
        found = [(by_titles(sheet, header, ledger, settings), header) for header in headers]
        columns, header = max(found, key=lambda pair: len(pair[0]), default=({}, None))
        if header is not None and columns:
            claims.append(claim_of(file, sheet, ledger, header, columns, settings))
    return claims


def credible_claims(claims: Sequence[Claim], settings: TownSettings) -> list[Claim]:
    """The claims that may be right: of an optional ledger that the town does not name only where it explains the sheet by name and
    columns, and no ledger that every town keeps is credible or nearly named: else the sheet stays theirs, or is asked about."""
    credible = [claim for claim in claims if claim.credible]
    expected = [claim for claim in claims if settings.expects(claim.ledger)]
    if any(claim in credible or claim.title >= _NEARLY_NAMED for claim in expected):
        return [claim for claim in credible if claim in expected]
    return [claim for claim in credible if claim in expected or claim.explains_wholly]


def named_otherwise(sheet: RawSheet, claim: Claim, settings: TownSettings) -> bool:
    """Whether the table's own title names another ledger that the town has: alone, or by a longer name that holds the claim's
    own (应急法治宣传 is not 法治宣传)."""
    titles = [text for text in titles_above(sheet, claim.header) if text]
    mine = settings.specs.ledgers[claim.ledger]
    named = (spec for name, spec in settings.specs.ledgers.items() if name != claim.ledger and settings.expects(name))
    return any(
        title_match(text, spec) >= 1 and (claim.title < 1 or holds_name(text, spec, mine))
        for spec in named
        for text in titles
    )


def by_titles(sheet: RawSheet, header: Header, ledger: str, settings: TownSettings) -> dict[str, int]:
    """A ledger's columns by their titles, then by titles that mean the same; these only where the contents agree."""
    columns = assign_columns(header, settings.titles[ledger])
    vocabularies = settings.vocabularies[ledger]
    for name, position in assign_alike(header, columns, settings.alike[ledger]).items():
        column = settings.specs.ledgers[ledger].columns[name]
        if column.kind in PLAIN_KINDS or _are_of_kind(sheet, header, position, column, vocabularies.get(name)):
            columns[name] = position
    return columns


def _are_of_kind(
    sheet: RawSheet, header: Header, position: int, column: Column, known: Vocabulary | Villages | None
) -> bool:
    """Whether most cells below a title are of the column's kind; too few cells to tell are no objection, but to a closed list."""
    texts = column_texts(sheet, header, position)
    if known is not None:
        return share_known(texts, known) >= 0.5
    return len(texts) < MINIMUM_CELLS or fits(texts, column, None)


def claim_of(
    file: RawFile, sheet: RawSheet, ledger: str, header: Header, columns: dict[str, int], settings: TownSettings
) -> Claim:
    vocabularies = settings.vocabularies[ledger]
    columns = {**columns, **assign_by_content(sheet, header, columns, vocabularies)}
    titled = [names[0] for names in header.titles if names and not is_known_aside(names[0])]
    shares = [
        share_known(texts, vocabularies[c])
        for c, p in columns.items()
        if c in vocabularies and (texts := column_texts(sheet, header, p))
    ]
    return Claim(
        ledger,
        header,
        columns,
        covered=len(columns) / len(settings.specs.ledgers[ledger].columns),
        explained=len(columns) / max(1, len(set(titled))),
        contents=sum(shares) / len(shares) if shares else 0.5,
        title=_title_evidence(file, sheet, header, ledger, settings),
    )


def _title_evidence(file: RawFile, sheet: RawSheet, header: Header, ledger: str, settings: TownSettings) -> float:
    """How surely a title above the table, the sheet's name or the file's name says which ledger this is, in that order."""
    above = titles_above(sheet, header)
    spec = settings.specs.ledgers[ledger]
    best = 0.0
    for texts, weight in ((above, 1.0), ([sheet.name], 0.95), ([PurePosixPath(file.path).stem], 0.9)):
        found = max((title_match(text, spec) for text in texts if text), default=0.0)
        if found >= 1:
            return 1 + (found - 1) * weight + weight / 10
        best = max(best, found * weight)
    return best
