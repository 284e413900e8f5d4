"""Forms of sheets whose headings are values: matrices of names or places against days, months, kinds."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from fazhi.dictionary.models import Ledger
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import SpecError

_ACROSS = ("date", "vocabulary", "village", "office")


class Matrix(BaseModel):
    """A sheet whose headings are days, months or kinds, and whose cells say what was there then."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    across: str = Field(
        description="the column that the headings to the right are values of: days, months (their last day is meant), villages, kinds",
        examples=["held_on"],
    )
    number: str = Field(
        default="",
        description="the column of counts that a cell's number is; empty: a cell that says yes (√, 是, 1) is a record",
        examples=["attendance"],
    )
    each: Literal["cell", "column"] = Field(
        default="cell",
        description="what a record is: a cell, or a heading with all that stands under it, its ticks or numbers added up as `number`",
        examples=["column"],
    )


def check_matrix(matrix: Matrix, ledger: Ledger, place: str) -> None:
    """What a matrix names must exist and be of a fitting kind."""
    columns = ledger.columns
    for name in filter(None, (matrix.across, matrix.number)):
        if name not in columns:
            near = nearest(name, list(columns), 1, 0)[0]
            raise SpecError(f"{place}的 matrix 所指的列“{name}”不存在，最接近的是“{near}”。")
    if columns[matrix.across].kind not in _ACROSS:
        raise SpecError(f"{place}的 matrix 中 across“{matrix.across}”的内容不是日期、规定取值、村（居）、科室。")
    if matrix.number and columns[matrix.number].kind != "count":
        raise SpecError(f"{place}的 matrix 中 number“{matrix.number}”的内容不是件数、人数。")
    if matrix.each == "column" and not matrix.number:
        raise SpecError(f"{place}的 matrix 写了 each: column，须写明合计成哪一列（number）。")
