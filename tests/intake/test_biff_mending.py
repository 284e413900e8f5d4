"""Quirks of .xls writers that Excel passes over: read by both readers, with the cells of the file as it should be."""

import io
import struct
from collections.abc import Callable

import pytest
import xlwt

from fazhi.intake import biff_mending, ole
from fazhi.intake.limits import Limits
from fazhi.intake.model import Refused
from fazhi.intake.xls import read_xls

SST, CONTINUE, TEXT_CELL, STYLE, EXTENT, BREAKS, CODEPAGE = 0xFC, 0x3C, 0xFD, 0xE0, 0x200, 0x1A, 0x42
Records = list[biff_mending.Record]


@pytest.fixture(scope="module")
def records() -> Records:
    """A workbook whose strings lie in more than one record."""
    book, out = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("台账")
    for number in range(90):
        page.write(number, 0, f"第{number}件" + "邻里之间因排水沟发生的纠纷" * 9)
        page.write(number, 1, number)
    book.save(out)
    compound = ole.open_compound(out.getvalue())
    found = compound.find("Workbook")
    assert found is not None
    return biff_mending._records(compound.stream(found))


def _read(records: Records) -> list[list[object]]:
    [sheet], findings = read_xls(biff_mending._compound(biff_mending._packed(records, [1])), Limits())
    assert not findings
    return sheet.rows


def _counting(change: int) -> Callable[[int, bytes], bytes]:
    def counted(kind: int, body: bytes) -> bytes:
        return (
            body[:4] + struct.pack("<I", struct.unpack_from("<I", body, 4)[0] + change) + body[8:]
            if kind == SST
            else body
        )

    return counted


@pytest.mark.parametrize(
    "change",
    [
        *map(_counting, (-90, -1, 1, 100_000)),
        lambda kind, body: body + b"\0\0" if kind == TEXT_CELL else body,
        lambda kind, body: body[:-2] if kind == STYLE else body,
        lambda kind, body: body + b"\0" if kind == EXTENT else body,
        lambda kind, body: b"\xff" * 14 if kind == EXTENT else body,
        lambda kind, body: body[:1] if kind == BREAKS else body,
        lambda kind, body: b"\xff\xff" if kind == CODEPAGE else body,
    ],
)  # fmt: skip
def test_quirks_of_writers_do_not_cost_a_ledger(records, change):
    assert _read([(kind, change(kind, body)) for kind, body in records]) == _read(records)


@pytest.mark.parametrize("left", [b"\0", b"\xff\xff\xff", bytes(40)])
def test_bytes_left_over_behind_the_last_string_are_passed_over(records, left):
    last = max(at for at, (kind, _) in enumerate(records) if kind in (SST, CONTINUE))
    assert records[last][0] == CONTINUE
    made = [*records[:last], (CONTINUE, records[last][1] + left), *records[last + 1 :]]
    assert _read(made) == _read(records)


def test_strings_that_cells_need_and_that_are_not_there_are_not_made_up(records):
    at = next(at for at, (kind, _) in enumerate(records) if kind == SST)
    with pytest.raises(Refused, match="已损坏"):
        _read([*records[:at], (SST, records[at][1][:300]), *(r for r in records[at + 1 :] if r[0] != CONTINUE)])
