"""Forms are data: how one kind of sheet that offices keep maps to a ledger, known by its headings, wherever it lies.

Those that are the same everywhere come with the package; a town's own lie in its workspace and go before them.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fazhi.dictionary.form_matrix import Matrix, check_matrix
from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Ledger
from fazhi.dictionary.yaml_reading import build, nearest, read_yaml
from fazhi.errors import Faults, SpecError

EMPTY = "空"  # what is written means nothing

_MINIMUM_HEADINGS = 2

Place = Literal["title", "sheet", "file"]


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Piece(_Spec):
    """A piece of a cell: one of those that `split` parts it into, or the one known name that stands in it."""

    split: str = Field(
        default="", description="what parts the cell; empty: the cell holds one name of the column's closed list, with more around it",
        examples=["-"],
    )  # fmt: skip
    at: int = Field(default=1, description="which piece, from 1; from the end where negative", examples=[3])


class Form(_Spec):
    """One kind of sheet, wherever it lies. Its columns are those named here, then those titled as in the ledger."""

    id: str = Field(description="the file's name without .yml; not written in the file")
    of_town: bool = Field(default=False, description="it is a workspace's own; not written in the file")
    title: str = Field(description="what the form is called", examples=["安全生产检查台账（按月）"])
    source: str = Field(
        default="", description="the national format or platform it comes from, or who decided", examples=["双公示"]
    )
    kind: Literal["ledger", "plan", "sample", "summary", "other"] = Field(
        default="ledger", description="what the sheet is; of all but a ledger nothing is counted", examples=["plan"]
    )
    ledger: str = Field(default="", description="the ledger that it is; only for a ledger", examples=["inspections"])
    declared: bool = Field(
        default=False, description="only for a town that names the ledger under `with`; it then goes before a form of the same headings",
        examples=[True],
    )  # fmt: skip
    headings: tuple[str, ...] = Field(
        min_length=1,
        description="by which a sheet is known to be this form, two or more (of a matrix one or more): all stand in its header; "
        "of six or more one may be missing or reworded, of 16 two; where they are two the header has no other",
        examples=[["检查时间", "检查单位名称", "行业类别"]],
    )
    header: tuple[int, int] | None = Field(
        default=None, description="first and last row of the header, where it cannot be found", examples=[[3, 4]]
    )
    columns: dict[str, str] = Field(default={}, description="heading → column", examples=[{"检查单位名称": "target"}])
    ignore: tuple[str, ...] = Field(
        default=(), description="headings that name no column of the ledger here", examples=[["单位地址"]]
    )
    values: dict[str, dict[str, str]] = Field(
        default={},
        description="column → what is written → what it means, or 空",
        examples=[{"outcome": {"失败": "调解不成功"}}],
    )
    constants: dict[str, str] = Field(
        default={},
        description="column → what holds for every row where the sheet has no such column",
        examples=[{"cases": "1"}],
    )
    taken: dict[str, tuple[Place, ...]] = Field(
        default={},
        description="column → where its value stands for all rows: in the texts above the table, the sheet's or the file's name. "
        "A date there without a day means the last day of that month or year",
        examples=[{"village": ["title", "sheet"]}],
    )
    where: dict[str, tuple[str, ...]] = Field(
        default={}, description="heading → texts, one of which a row must hold to belong to the ledger; `*` stands for anything, 本镇 for the town's name",
        examples=[{"审查类别": ["*合同*"]}],
    )  # fmt: skip
    elsewhere: dict[str, tuple[str, ...]] = Field(
        default={}, description="heading of `where` → texts of rows that belong to other ledgers; what is neither is then asked about",
        examples=[{"审查类别": ["*规范性文件*"]}],
    )  # fmt: skip
    record: tuple[str, ...] = Field(
        default=(),
        description="headings: rows that say the same there are one record",
        examples=[["检查日期", "被检查单位"]],
    )
    count: dict[str, dict[str, tuple[str, ...]]] = Field(
        default={}, description="column → how many of a record's rows hold one of the texts under the heading; no heading: how many rows",
        examples=[{"hazards_fixed": {"是否销号": ["是"]}}],
    )  # fmt: skip
    sum: dict[str, tuple[str, ...]] = Field(
        default={},
        description="column → headings of numbers that add up to it",
        examples=[{"hazards_fixed": ["当场整改", "限期整改"]}],
    )
    part: dict[str, Piece] = Field(
        default={},
        description="column → which piece of its cell is meant",
        examples=[{"village": {"split": "-", "at": 3}}],
    )
    filled: tuple[str, ...] = Field(
        default=(),
        description="yes-or-no columns in which whatever is filled in means yes",
        examples=[["expert_review"]],
    )
    listed: dict[str, dict[str, tuple[str, ...]]] = Field(
        default={}, description="heading of a list → yes-or-no column → words, one of which in the list means yes",
        examples=[{"履行程序": {"expert_review": ["专家论证"]}}],
    )  # fmt: skip

    matrix: Matrix | None = Field(
        default=None, description="headings that are days, months or kinds, and cells that are records or numbers",
        examples=[{"across": "held_on", "number": "attendance", "each": "column"}],
    )  # fmt: skip
    figures: dict[str, str] = Field(
        default={},
        description="of a summary: heading → indicator whose total stands under it; rows add up, one of 合计 is held against them",
        examples=[{"受理件次": "disputes.mediated"}],
    )
    period: str = Field(
        default="",
        description="of a summary: heading of the month, quarter or half-year of each row",
        examples=["月份"],
    )

    @model_validator(mode="before")
    @classmethod
    def _written_as_text(cls, content: Any) -> Any:
        """What stands in a sheet is text, also where YAML reads a number or yes: `{1: 是}`."""
        texts = ("columns", "values", "constants")
        return {key: _texts(part) if key in texts else part for key, part in content.items()}

    @property
    def reads(self) -> tuple[str, ...]:
        """Every heading that the form reads or knows to mean nothing."""
        named = (
            *self.columns,
            *self.ignore,
            *self.where,
            *self.record,
            *self.listed,
        )  # `elsewhere` has no other headings
        counted = (heading for how in self.count.values() for heading in how)
        return tuple(dict.fromkeys((*named, *counted, *(heading for parts in self.sum.values() for heading in parts))))

    @property
    def makes(self) -> tuple[str, ...]:
        """Columns that the form makes out of other headings, of names or of nothing, but no cell of their own."""
        listed = (column for columns in self.listed.values() for column in columns)
        across = (self.matrix.across, self.matrix.number) if self.matrix else ()
        return tuple(
            dict.fromkeys((*self.constants, *self.taken, *self.count, *self.sum, *listed, *filter(None, across)))
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Every column that the form names."""
        return tuple(dict.fromkeys((*self.columns.values(), *self.values, *self.makes, *self.part, *self.filled)))


def _texts(content: Any) -> Any:
    match content:
        case dict():
            return {_texts(key): _texts(value) for key, value in content.items()}
        case bool():
            return "是" if content else "否"
        case None:
            return EMPTY
        case _:
            return str(content)


@cache
def load_forms() -> tuple[Form, ...]:
    """The forms that come with the package, checked against its ledgers; read once a process."""
    folder = resources.files("fazhi.dictionary").joinpath("forms")
    return read_forms(Path(str(folder)), load_specs().ledgers)


def read_forms(folder: Path, ledgers: Mapping[str, Ledger], of_town: bool = False) -> tuple[Form, ...]:
    """The forms of a folder by their names, checked; none where there is no such folder.

    Raises `SpecError` for a form that names what does not exist, and for two that are known by the same headings.
    """
    paths = sorted(path for path in folder.glob("*.yml")) if folder.is_dir() else []
    forms, faults = [], Faults()
    known: dict[tuple[frozenset[str], bool], str] = {}
    for path in paths:
        with faults.collected():
            form = form_of_content(path.stem, read_yaml(path, f"forms/{path.name}"), ledgers, of_town)
            forms.append(form)
            other = known.setdefault((frozenset(form.headings), form.declared), form.id)
            if other != form.id:
                both = f"forms/{form.id}.yml 与 forms/{other}.yml"
                raise SpecError(f"{both} 的 headings 相同，分不清是哪一种表，请删去一个。")
    faults.raise_all()
    return tuple(forms)


def form_of_content(name: str, content: Mapping[str, Any], ledgers: Mapping[str, Ledger], of_town: bool = True) -> Form:
    """The form that a file's content describes, checked against the ledgers."""
    label = f"forms/{name}.yml"
    if superfluous := sorted({"id", "of_town"} & content.keys()):
        raise SpecError(
            f"{label}：不认识的项目“{'、'.join(superfluous)}”，文件名和所在的文件夹已经说明。请删去后重试。"
        )
    form: Form = build(Form, {**content, "id": name, "of_town": of_town}, label)
    check_form(form, ledgers)
    return form


def check_form(form: Form, ledgers: Mapping[str, Ledger]) -> None:
    """Every ledger, column and vocabulary value that a form names must exist, and what it makes must be of a fitting kind."""
    place = f"forms/{form.id}.yml "
    if (form.kind == "ledger") != bool(form.ledger):
        raise SpecError(f"{place}须写明台账（ledger），或者写明 kind 是 plan、sample、summary、other 之一。")
    if form.header and not 1 <= form.header[0] <= form.header[1]:
        raise SpecError(f"{place}的 header 应为表头的首行和末行，从 1 起，如 [3, 4]。")
    if len(form.headings) < _MINIMUM_HEADINGS and form.matrix is None:
        raise SpecError(f"{place}的 headings 太少，至少写 {_MINIMUM_HEADINGS} 个，否则别的表也会认成这种表。")
    if not form.ledger:
        return
    if form.ledger not in ledgers:
        near = nearest(form.ledger, list(ledgers), 1, 0)[0]
        raise SpecError(f"{place}的台账“{form.ledger}”不存在，最接近的是“{near}”。")
    columns = ledgers[form.ledger].columns
    if form.matrix:
        check_matrix(form.matrix, ledgers[form.ledger], place)
    for name in form.names:
        if name not in columns:
            raise SpecError(f"{place}所指的列“{name}”不存在，最接近的是“{nearest(name, list(columns), 1, 0)[0]}”。")
    _check_values(form, ledgers[form.ledger], place)
    closed = ("vocabulary", "village", "office")
    wanted = {
        "count": ("count",),
        "sum": ("count", "number", "money"),
        "filled": ("boolean",),
        "taken": ("date", *closed),
    }
    for key, kinds in wanted.items():
        _check_kinds(getattr(form, key), kinds, f"{place}的 {key}", ledgers[form.ledger])
    _check_kinds(
        [c for of in form.listed.values() for c in of], ("boolean",), f"{place}的 listed", ledgers[form.ledger]
    )


def _check_kinds(names: Iterable[str], kinds: tuple[str, ...], place: str, ledger: Ledger) -> None:
    for name in names:
        if ledger.columns[name].kind not in kinds:
            raise SpecError(
                f"{place} 中“{name}”（{ledger.columns[name].label}）的内容不是{'、'.join(_SAID[k] for k in kinds)}。"
            )


_SAID = {"count": "件数", "number": "数字", "money": "金额", "boolean": "是否", "date": "日期", "vocabulary": "规定取值", "village": "村（居）", "office": "科室"}  # fmt: skip


def _check_values(form: Form, ledger: Ledger, place: str) -> None:
    meant = [(name, means) for name, meanings in form.values.items() for means in meanings.values()]
    for name, means in [*meant, *form.constants.items()]:
        column = ledger.columns[name]
        if column.kind == "vocabulary" and means != EMPTY and means not in column.values:
            near = nearest(means, list(column.values), 1, 0)[0]
            raise SpecError(f"{place}的取值“{means}”不在“{column.label}”中，最接近的是“{near}”。")


def fitting(forms: Iterable[Form], ledgers: Mapping[str, Ledger]) -> Iterator[Form]:
    """The forms of the package that can be read into these ledgers: a town may have replaced one by its own."""
    for form in forms:
        if form.ledger and form.ledger not in ledgers:
            continue
        try:
            check_form(form, ledgers)
        except SpecError:
            continue
        yield form


def with_towns(own: Iterable[Form], others: Iterable[Form]) -> tuple[Form, ...]:
    """A town's forms, then those of its district or the package that it does not replace: by one of the same name or headings."""
    first = tuple(own)
    names = {form.id for form in first}
    known = {frozenset(form.headings) for form in first}
    return (*first, *(form for form in others if form.id not in names and frozenset(form.headings) not in known))
