"""Forms are data: how one kind of sheet that offices keep everywhere maps to a ledger, known by its headings."""

from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fazhi.dictionary.loading import build, load_specs, nearest, read_yaml
from fazhi.dictionary.models import Ledger
from fazhi.errors import SpecError


class Form(BaseModel):
    """One kind of sheet, wherever it lies. Its columns are those named here, then those titled as in the ledger."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(description="the file's name without .yml; not written in the file")
    title: str = Field(description="what the form is called")
    source: str = Field(description="the national format or platform it comes from")
    ledger: str = Field(description="the ledger that it is")
    headings: tuple[str, ...] = Field(min_length=4, description="what must all be there for a sheet to be this form")
    columns: dict[str, str] = Field(description="heading → column")
    ignore: tuple[str, ...] = Field(default=(), description="headings that name no column of the ledger here")
    values: dict[str, dict[str, str]] = Field(default={}, description="column → what is written → what it means")


@cache
def load_forms() -> tuple[Form, ...]:
    """The forms that come with the package, checked against its ledgers; read once a process."""
    folder = resources.files("fazhi.dictionary").joinpath("forms")
    forms = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yml"):
            label = f"forms/{entry.name}"
            name = entry.name.removesuffix(".yml")
            form: Form = build(Form, {"id": name, **read_yaml(Path(str(entry)), label)}, label)
            check_form(form, load_specs().ledgers)
            forms.append(form)
    return tuple(forms)


def check_form(form: Form, ledgers: dict[str, Ledger]) -> None:
    """Every ledger, column and vocabulary value that a form names must exist."""
    if form.ledger not in ledgers:
        raise SpecError(
            f"forms/{form.id}.yml 的台账“{form.ledger}”不存在，最接近的是“{nearest(form.ledger, list(ledgers), 1, 0)[0]}”。"
        )
    columns = ledgers[form.ledger].columns
    for name in (*form.columns.values(), *form.values):
        if name not in columns:
            raise SpecError(
                f"forms/{form.id}.yml 所指的列“{name}”不存在，最接近的是“{nearest(name, list(columns), 1, 0)[0]}”。"
            )
    for name, meanings in form.values.items():
        for means in meanings.values():
            if columns[name].kind == "vocabulary" and means not in columns[name].values:
                raise SpecError(f"forms/{form.id}.yml 的取值“{means}”不在“{columns[name].label}”中。")
