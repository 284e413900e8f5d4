"""Which raw cell a private value stands in: for the message that an output was withdrawn, which must not repeat the value."""

from collections.abc import Set

from fazhi.intake.model import column_letters
from fazhi.privacy.number_shapes import numbers_in
from fazhi.privacy.private_values import names
from fazhi.recognition.headers import Table
from fazhi.recognition.survey import Survey
from fazhi.town_year import TownSettings
from fazhi.values.normalise import normalise
from fazhi.workspace.key import digester


def first_place(survey: Survey, settings: TownSettings, key: bytes, digests: Set[str]) -> str:
    """The first cell that holds one of the values: of a column that names people, else of any; "" where it is none of this year's.

    `digests` are those of `PrivateIndex.standing_in`.
    """
    digest, seen = digester(key), dict[str, bool]()

    def held(text: str) -> bool:
        if text not in seen:
            values = [*names(text), *(digits for _, _, digits, _ in numbers_in(text) if digits)]
            seen[text] = any(digest(value) in digests for value in values)
        return seen[text]

    elsewhere = ""
    for source in survey.sources:
        private = {table.sent.name: _private_columns(table, settings) for table in source.tables}
        for sheet in source.file.sheets:
            for number, row in enumerate(sheet.rows, 1):
                for place, cell in enumerate(row):
                    if isinstance(cell, str | int) and held(normalise(cell)):
                        said = f"{source.file.path}[{sheet.name}] 第 {number} 行 {column_letters(place)} 列"
                        if place in private.get(sheet.name, ()):
                            return said
                        elsewhere = elsewhere or said
    return elsewhere


def _private_columns(table: Table, settings: TownSettings) -> set[int]:
    columns = settings.specs.ledgers[table.ledger].columns
    return {place for name, place in table.columns.items() if columns[name].names_people}
