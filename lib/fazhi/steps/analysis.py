"""What an analyst's own notebook calls: the clean tables of all years with Chinese titles, and what is asked of them most.

For internal use: small counts stand as they are. Names are not there, only their pseudonyms by the town's key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from fazhi.dictionary.models import Ledger
from fazhi.dictionary.yaml_reading import nearest
from fazhi.documents import charts
from fazhi.documents.notebook_output import preview
from fazhi.errors import LedgerError
from fazhi.town_year import TownYear, open_year
from fazhi.values.order import rest_last
from fazhi.workspace.files import write_bytes
from fazhi.workspace.paths import find_workspace

YEAR, FOLDER = "年度", "analysis"
SOURCE = {"source_file": "来源文件", "source_sheet": "来源工作表", "source_row": "来源行"}


class Tables(Mapping[str, pd.DataFrame]):
    """A table a ledger, by its title; a title that is none is told with the nearest."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._tables = dict(tables)

    def __getitem__(self, title: str) -> pd.DataFrame:
        return self._tables[_known(title, self._tables, "没有台账")].copy()

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{escape(title)}</td><td>{len(table)}行</td></tr>" for title, table in self.items())
        return f"<table>{rows}</table>"


@dataclass(frozen=True)
class Picture:
    """A chart, to be seen in the notebook and saved as PNG."""

    png: bytes
    html: str

    def _repr_html_(self) -> str:
        return self.html


def open_tables(workspace: str = "") -> Tables:
    """The clean tables of all years that are there, by the titles of the ledgers; columns by the titles of the dictionary."""
    place = find_workspace(Path(workspace or "."))
    years = place.years()
    if not years:
        raise LedgerError("没有任何年度的台账。请先放入台账并运行 fazhi run。")
    town = open_year(years[-1], workspace)
    found = {ledger.title: _all_years(town, ledger, years) for ledger in town.settings.specs.ledgers.values()}
    return Tables({title: table for title, table in found.items() if len(table)})


def _all_years(town: TownYear, ledger: Ledger, years: list[int]) -> pd.DataFrame:
    parts = {year: town.results_of(year).clean_frame(ledger.id) for year in years}
    frames = [table.assign(**{YEAR: year}) for year, table in parts.items() if table is not None and len(table)]
    if not frames:
        return pd.DataFrame()
    titles = {
        name: f"{column.label}（代号）" if column.pseudonym else column.label for name, column in ledger.columns.items()
    }
    every = pd.concat(frames, ignore_index=True).rename(columns={**titles, **SOURCE})
    return every[[YEAR, *(name for name in every if name != YEAR)]]


def only(table: pd.DataFrame, wanted: Mapping[str, Any]) -> pd.DataFrame:
    """The rows whose columns hold what is wanted: `{"年度": 2025, "纠纷类型": ["邻里纠纷", "合同纠纷"]}`."""
    kept = pd.Series(True, index=table.index)
    for title, value in wanted.items():
        values = value if isinstance(value, list | tuple | set) else [value]
        kept &= table[_known(title, table.columns, "没有列")].isin(list(values))
    return table[kept]


def two_years(table: pd.DataFrame, by: str, before: int, after: int) -> pd.DataFrame:
    """Rows of two years by value of a column, the difference, and how many times as many; most of the later year first."""
    counts = pd.crosstab(table[_known(by, table.columns, "没有列")], table[YEAR])
    counts = counts.reindex(columns=[before, after], fill_value=0)
    counts = counts.loc[rest_last(counts[after].sort_values(ascending=False, kind="stable").index)]
    counts = counts[(counts > 0).any(axis=1)]
    titles = {before: f"{before}年", after: f"{after}年"}
    times = (counts[after] / counts[before].where(counts[before] > 0)).round(2)
    return counts.assign(增减=counts[after] - counts[before], 倍=times).rename(columns=titles).rename_axis(columns=None)


def chart(counts: pd.DataFrame, unit: str = "件") -> Picture:
    """Bars of a table of counts, a row a bar: its columns whose titles end in 年, the last one first."""
    years = [name for name in counts if str(name).endswith("年")]
    if not years:
        raise LedgerError("图要用“2025年”这样的列。请先用 two_years 得出比较的表。")
    block = charts.figure_block(charts.bars_by_category(counts[years[::-1][:2]], unit), "analysis", "", "")
    return Picture(block.as_png(), preview(block))


def save(what: pd.DataFrame | Picture, name: str, workspace: str = "") -> str:
    """Write a table as CSV that Excel opens, or a chart as PNG, into `analysis` of the workspace; where it lies."""
    if Path(name).name != name or name.startswith("."):
        raise LedgerError(f"“{name}”不能作文件名。请只写名称，不写文件夹，如 邻里纠纷。")
    data, suffix = (what.png, "png") if isinstance(what, Picture) else (_csv(what), "csv")
    path = find_workspace(Path(workspace or ".")).root / FOLDER / f"{name}.{suffix}"
    write_bytes(path, data)
    return f"已存为 {FOLDER}/{path.name}。未经隐去，不要外传。"


def _csv(table: pd.DataFrame) -> bytes:
    whole = table.reset_index() if table.index.name else table
    return ("\ufeff" + whole.map(as_text).rename(columns=as_text).to_csv(index=False)).encode("utf-8")


def as_text(value: Any) -> Any:
    """A value of a table for a spreadsheet: a text that it would take for a formula is quoted."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _known(name: str, names: Any, what: str) -> str:
    known = [str(one) for one in names]
    if name in known:
        return name
    near = nearest(name, known, 1, 0)
    raise LedgerError(f"{what}“{name}”，{f'最接近的是“{near[0]}”' if near else '表是空的'}。")
