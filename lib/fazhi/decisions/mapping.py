"""Which heading of a sheet is which column: as proposed, as cells of one kind allow, as the analyst says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fazhi.decisions.masked_kinds import masked_kind
from fazhi.dictionary.models import Column, Ledger
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import SpecError
from fazhi.intake import Cell, RawSheet
from fazhi.recognition.column_contents import fits
from fazhi.recognition.headers import SAMPLE_ROWS
from fazhi.recognition.proposals import Proposal
from fazhi.values.normalise import bare


@dataclass(frozen=True)
class Choice:
    """What the analyst says of a sheet; all else is as proposed. Columns by label or id, `ledger` by title or id, or a kind."""

    ledger: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)  # heading -> column
    ignore: Sequence[str] = ()
    always: Mapping[str, str] = field(default_factory=dict)  # column -> what holds for all rows
    values: Mapping[str, str] = field(default_factory=dict)  # 列:写法 -> what it means
    name: str = ""


def mapping(proposal: Proposal, spec: Ledger, choice: Choice) -> tuple[dict[str, str], frozenset[str]]:
    """The mapping, the columns that must be there first, and which headings of it are only likely."""
    said = {
        _heading(heading, proposal): column_named(column, spec) for heading, column in choice.columns.items() if column
    }
    dropped = {_heading(heading, proposal) for heading in choice.ignore}
    dropped |= {_heading(heading, proposal) for heading, column in choice.columns.items() if not column}
    twice = [name for name in set(said.values()) if list(said.values()).count(name) > 1]
    if twice:
        raise SpecError(f"“{spec.columns[twice[0]].label}”指给了两个标题，请只留一个。")
    taken = {*said.values(), *(column_named(name, spec) for name in choice.always)}
    certain = {h: c for h, c in proposal.columns.items() if h not in said and h not in dropped and c not in taken}
    free = {h: offers for h, offers in proposal.offers.items() if h not in said and h not in dropped}
    likely = _likely(free, taken | set(certain.values()))
    mapping = {**said, **certain, **likely}
    order = [*needed_columns(spec), *spec.columns]
    return dict(sorted(mapping.items(), key=lambda pair: order.index(pair[1]))), frozenset(likely)


def _likely(offers: Mapping[str, Sequence[str]], taken: set[str]) -> dict[str, str]:
    """Headings that one free column alone is offered for, where no other heading is offered for it."""
    free = {heading: [c for c in columns if c not in taken] for heading, columns in offers.items()}
    claimed = [column for columns in free.values() for column in columns[:1]]
    return {
        heading: columns[0] for heading, columns in free.items() if len(columns) == 1 and claimed.count(columns[0]) == 1
    }


def _heading(word: str, proposal: Proposal) -> str:
    """The sheet's heading that is meant."""
    known = list(dict.fromkeys(proposal.headings.values()))
    found = [heading for heading in known if heading == word] or [h for h in known if bare(h) == bare(word)]
    if not found:
        raise SpecError(f"表中没有标题“{word}”，最接近的是：{'、'.join(nearest(word, known, 3, 0))}。没有改动。")
    return found[0]


def column_named(word: str, spec: Ledger) -> str:
    """The ledger's column that is meant, by label or id."""
    names = {column.label: name for name, column in spec.columns.items()} | {name: name for name in spec.columns}
    if word not in names:
        near = "、".join(nearest(word, [column.label for column in spec.columns.values()], 3, 0))
        raise SpecError(f"{spec.title}没有列“{word}”，最接近的是：{near}。没有改动。")
    return names[word]


def with_fitting(sheet: RawSheet, proposal: Proposal, spec: Ledger, made: Sequence[str]) -> Proposal:
    """The proposal with further offers: headings whose cells are of the kind of a date or number that must be there.

    No heading over numbers or dates is offered for words.
    """
    cells = {heading: cells_below(sheet, proposal, heading) for heading in proposal.headings.values()}
    worded = {h: [c for c in cs if _may_be(cells[h], spec.columns[c])] for h, cs in proposal.offers.items()}
    offers = {heading: tuple(columns) for heading, columns in worded.items() if columns}
    offered = {column for columns in offers.values() for column in columns}
    known = {*proposal.columns.values(), *offered, *made}
    for name in (name for name in needed_columns(spec) if name not in known):
        for heading in (h for h in cells if h not in proposal.columns and fits(cells[h], spec.columns[name], None)):
            offers[heading] = (*offers.get(heading, ()), name)
    return replace(proposal, offers=offers)


def _may_be(cells: Sequence[Cell], column: Column) -> bool:
    """Whether the cells are no numbers and no dates where the column holds words."""
    numeric = {"date", "money", "count", "number", "identity", "phone", "uscc"}
    return column.kind in numeric or masked_kind(cells) not in ("数字", "日期", "金额")


def needed_columns(spec: Ledger) -> list[str]:
    """The columns without which a row does not count."""
    return [
        n for n, column in spec.columns.items() if column.required or (column.kind == "date" and not column.optional)
    ]


def cells_below(sheet: RawSheet, proposal: Proposal, heading: str) -> list[Cell]:
    """The first cells below a heading."""
    at = next(at for at, other in proposal.headings.items() if other == heading)
    return [row[at] for row in sheet.rows[proposal.header.last_row + 1 :][:SAMPLE_ROWS] if at < len(row)]


def unsettled(proposal: Proposal, spec: Ledger, columns: Mapping[str, str], choice: Choice) -> str:
    """The columns that must be there and could be several headings, with the option that says which; "" where there are none."""
    dropped = {bare(heading) for heading in choice.ignore}
    open_ones = {h: cs for h, cs in proposal.offers.items() if h not in columns and bare(h) not in dropped}
    taken = {*columns.values(), *(column_named(name, spec) for name in choice.always)}
    asked = []
    for name in (name for name in needed_columns(spec) if name not in taken):
        label, could = spec.columns[name].label, [h for h, cs in open_ones.items() if name in cs]
        if could:
            asked.append(f"「{label}」是“{'”还是“'.join(could)}”（--column 标题={label}；都不是的用 --ignore 标题）")
    return "；".join(asked)
