"""What several tests of recognition ask of one sheet."""

import pytest

from made.sheets import make_file


@pytest.fixture
def asked_of_drills(settings):
    """What recognising and cleaning one sheet of drills asks, and how many rows count."""
    from fazhi.cleaning.clean import clean
    from fazhi.recognition.ledgers import recognise

    def run(sheet):
        file = make_file("应急管理办/台账.xlsx", sheet)
        tables, issues = recognise(file, settings)
        result = clean(settings.specs.ledgers["drills"], [(file, table) for table in tables], settings, 2025)
        return [one for one in (*issues, *result.issues) if one.severity != "info"], len(
            result.kept_values("participants")
        )

    return run
