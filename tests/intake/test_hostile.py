"""Every hostile file ends in one of: read, refused with a reason, read with findings. One process serves all."""

import pytest

from fazhi.intake import RawFile, Reader
from made.hostile import CASES as FIRST
from made.hostile_more import MORE
from made.word import CASES as WORD

CASES = FIRST | MORE | WORD


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RawFile]:
    folder = tmp_path_factory.mktemp("hostile")
    found = {}
    with Reader() as reader:
        for number, (case, (name, build, _)) in enumerate(CASES.items()):
            path = folder / str(number) / name
            path.parent.mkdir()
            path.write_bytes(build())
            found[case] = reader.read(path, name)
    return found


def outcome(file: RawFile) -> str:
    if file.refused:
        assert not file.sheets, "a refused file hands on nothing"
        return "refused"
    return "findings" if any(finding.severity != "info" for finding in file.findings) else "read"


@pytest.mark.parametrize("case", CASES)
def test_outcome(outcomes: dict[str, RawFile], case: str) -> None:
    file = outcomes[case]
    assert outcome(file) == CASES[case][2], (file.refused, file.findings)
    assert file.path == CASES[case][0]
    assert len(file.sha256) == 64


@pytest.mark.parametrize("case", [case for case in CASES if CASES[case][2] == "refused"])
def test_reason_is_one_chinese_line_with_advice(outcomes: dict[str, RawFile], case: str) -> None:
    reason = outcomes[case].refused or ""
    assert "；" in reason and "\n" not in reason
    assert "异常中止" not in reason, "the gate names the fault; the process need not die of it"


def test_rows_read_are_rows_counted_unless_an_error_says_so(outcomes: dict[str, RawFile]) -> None:
    for case, file in outcomes.items():
        errors = {finding.sheet for finding in file.findings if finding.severity == "error"}
        for sheet in file.sheets:
            read = sum(1 for row in sheet.rows if any(cell is not None for cell in row))
            assert read == sheet.counted_rows or sheet.name in errors, case
