"""Every key of the YAML files as a page, from the models that check them on load."""

import json
from collections.abc import Iterator
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from docs.pages.markdown import GENERATED, table
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.form import Form, Piece
from fazhi.dictionary.form_matrix import Matrix
from fazhi.dictionary.models import Column, Indicator, Ledger, Unit
from fazhi.dictionary.trend_roles import TrendRoles
from fazhi.indicators.chart_specs import Chart
from fazhi.indicators.table_specs import Measure, Summary

INTRODUCTION = """# Specs

What changes with a town or a year is data. These are all keys of its YAML files, as the models check them on load: an
unknown key, a missing one or a reference that leads nowhere stops the run with file, line and the nearest known name.
A default is what holds where the key is not written; a key without one must be there.

A town's own ledgers, indicators, tables, charts and plan results lie in `data/raw/dictionary/`, in files of the names that they have
in `lib/fazhi/dictionary/`: an entry of the same id replaces the package's, any other follows.
"""
# Where a model is written, and how its entries stand there.
SPECS: dict[type[BaseModel], str] = {
    Ledger: "`lib/fazhi/dictionary/ledgers/<ledger>.yml`: one file a ledger",
    Column: "an entry of `columns` in a ledger: `<column>: {…}`",
    TrendRoles: "`trends` in a ledger",
    Indicator: "`lib/fazhi/dictionary/indicators.yml`: `<ledger>.<name>: {…}`",
    Summary: "`lib/fazhi/dictionary/tables.yml`: `<table>: {…}`",
    Measure: "an entry of `measures` in a table",
    Chart: "`lib/fazhi/dictionary/charts.yml`: `<chart>: {…}`, in the order of the report",
    Form: "`lib/fazhi/dictionary/forms/<form>.yml`, a town's own in `data/raw/forms/<form>.yml`, and a district's in the folder `fazhi-forms` beside its towns: one file a form",
    Matrix: "`matrix` in a form",
    Piece: "an entry of `part` in a form: `<column>: {…}`",
    Unit: "`data/raw/unit.yml`",
    Aliases: "`data/raw/aliases.yml`; `fazhi accept` writes it",
}
WITHOUT_MODEL = """## Files without a model

- `lib/fazhi/dictionary/plan_results.yml`: `<indicator>: [[word, …], …]`. The indicator answers for a target of last year's plan
  whose name holds all words of a list; the list with the most characters wins, a tie answers for nothing.
- `lib/fazhi/narrative/templates/outline.yml`: the five parts with their titles, and which words in a target's name mean which
  section of the plan; the longest word wins.
- `lib/fazhi/dictionary/wordings.yml`: `same`, lists of words that drafts use for one thing, the first standing for the others;
  `measures`, lists of measure words that count the same; `alone`, words that say as a title in a table what is counted.
  `fazhi check` binds figures by them.
- `lib/fazhi/dictionary/ledger_order.yml`: `<office>: [ledger, …]`, the order of ledgers in everything that readers see; one that
  is not listed stands after the others of its office.
- `data/raw/<year>/corrections.csv`: `file,sheet,row,column,was,is,who,when,why`.
- `data/raw/<year>/figures.csv`: `indicator,value,period,file,sheet,cell,who,when` (Chinese headings too; `period`, `sheet`, `cell` may lack).
"""
HEADS = ("key", "type", "default", "what it says", "example")


def specs_page() -> str:
    """docs/reference/specs.md."""
    sections = (_section(model, place) for model, place in SPECS.items())
    return "\n".join([f"{GENERATED}\n", INTRODUCTION, *sections, WITHOUT_MODEL])


def keys(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """The keys of a file: `id` is the entry's own key, and where a form lies says whose it is."""
    yield from (
        (field.alias or name, field) for name, field in model.model_fields.items() if name not in ("id", "of_town")
    )


def _section(model: type[BaseModel], place: str) -> str:
    said = " ".join((model.__doc__ or "").split())
    rows = (
        (f"`{name}`", said_type(field.annotation), default_of(field), field.description or "", example_of(name, field))
        for name, field in keys(model)
    )
    return f"## {model.__name__}\n\n{place}. {said}\n\n{table(HEADS, rows)}\n"


def said_type(annotation: Any) -> str:
    """A type in a reader's words."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{_yaml(value)}`" for value in parts)
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(said_type(part) for part in parts if part is not NoneType))
    if origin is tuple:
        return f"list of {said_type(parts[0])}"
    if origin is dict:
        return f"mapping to {said_type(parts[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return _NAMES.get(annotation, getattr(annotation, "__name__", str(annotation)))


_NAMES = {str: "text", bool: "yes/no", int: "integer", float: "number", Decimal: "number", Any: "value"}


def default_of(field: FieldInfo) -> str:
    """What holds where the key is not written."""
    if field.is_required():
        return "required"
    value = field.default
    return "–" if value is None or value in ("", (), {}) else f"`{_yaml(value)}`"


def example_of(name: str, field: FieldInfo) -> str:
    """The key as it may be written."""
    return f"`{name}: {_yaml(field.examples[0])}`" if field.examples else ""


def _yaml(value: Any) -> str:
    """A value as YAML would have it on one line."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f"{key}: {_yaml(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_yaml, value)) + "]"
        case str() if set(value) & set("{}[],:#&*!|>%@`\"'"):
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
