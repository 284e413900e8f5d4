"""The command `fazhi accept` on the town of the test that calls it."""

import pytest

from fazhi.cli.main import main


@pytest.fixture
def accept(town, capsys):
    def call(*words):
        code = main(["accept", *words, "--workspace", str(town.root)])
        told = capsys.readouterr()
        return code, told.out + told.err

    return call
