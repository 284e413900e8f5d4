"""Intake: any file an office may send, read exactly or refused with a reason, each sheet's rows counted twice."""

from fazhi.intake.limits import Limits
from fazhi.intake.model import Cell, CellError, Finding, RawFile, RawSheet, ShrunkNumber, Uncached, YearlessDate
from fazhi.intake.reader import Reader

__all__ = [
    "Cell",
    "CellError",
    "Finding",
    "Limits",
    "RawFile",
    "RawSheet",
    "Reader",
    "ShrunkNumber",
    "Uncached",
    "YearlessDate",
]
