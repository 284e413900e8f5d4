"""Forms of sheets that hold no record a row: matrices of days and names, and totals of indicators."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from fazhi.dictionary.loading import nearest
from fazhi.dictionary.models import Ledger, Specs
from fazhi.errors import SpecError

if TYPE_CHECKING:
    from fazhi.dictionary.form import Form

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


def check_figures(forms: Iterable["Form"], specs: Specs) -> None:
    """Every indicator that a form of totals names must exist, and headings stand for one each.

    Raises `SpecError` with the nearest name.
    """
    for form in forms:
        place = f"forms/{form.id}.yml "
        if (form.figures or form.period) and form.kind != "summary":
            raise SpecError(f"{place}写了 figures 或 period，kind 应为 summary。")
        if form.period and not form.figures:
            raise SpecError(f"{place}写了 period，须写明 figures（列名: 指标）。")
        _check_names(form.figures, specs, place)


def _check_names(figures: Mapping[str, str], specs: Specs, place: str) -> None:
    for name in figures.values():
        if name not in specs.indicators:
            near = nearest(name, list(specs.indicators), 1, 0)[0]
            raise SpecError(f"{place}的 figures 中没有指标“{name}”，最接近的是“{near}”。")
    if len(set(figures.values())) < len(figures):
        raise SpecError(f"{place}的 figures 中两列是同一个指标，请只写一列。")
