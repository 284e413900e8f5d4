"""Clean disputes of many years and towns as one frame, and the tidy tables that are counted from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from fazhi.errors import LedgerError
from fazhi.town_year import TownYear

LEDGER = "disputes"
UNKNOWN = "未注明"  # a village, type, source or outcome that could not be read
PARTIES = ("applicant", "respondent")
GROUPS = ("town", "village", "category", "source", "outcome")
COLUMNS = (*GROUPS, "accepted_on", "closed_on", "amount_yuan", *PARTIES)


@dataclass(frozen=True)
class Disputes:
    """Kept rows of some years. `rows`: `year`, `month` (1–12), `days_to_close` (NaN while open) and `COLUMNS`.

    `months` of the last year are complete; beyond them nothing is registered. `village`, `category`, `source` say what the
    rows were narrowed to.
    """

    rows: pd.DataFrame
    years: tuple[int, ...]
    months: int = 12
    village: str | None = None
    category: str | None = None
    source: str | None = None

    @property
    def towns(self) -> list[str]:
        return sorted(self.rows["town"].unique().tolist())

    @property
    def villages(self) -> list[str]:
        return named(self.rows["village"])

    @property
    def categories(self) -> list[str]:
        return named(self.rows["category"])

    def of_town(self, town: str) -> "Disputes":
        """The rows of one town of a district; its own last month."""
        rows = self.rows[self.rows["town"] == town].reset_index(drop=True)
        return replace(self, rows=rows, months=_months(rows, self.years))

    def only(self, village: str | None = None, category: str | None = None, source: str | None = None) -> "Disputes":
        """The rows of one village, type or source; None leaves it open. Years and months stay."""
        wanted = {"village": village, "category": category, "source": source}
        wanted = {name: value for name, value in wanted.items() if value}
        rows = self.rows
        for name, value in wanted.items():
            rows = rows[rows[name] == value]
        return replace(self, rows=rows.reset_index(drop=True), **wanted)  # type: ignore[arg-type]


def named(values: pd.Series) -> list[str]:
    """The values that are known, in order of their names."""
    return sorted(set(values.tolist()) - {UNKNOWN})


def load(town: TownYear, years: Iterable[int] | None = None) -> Disputes:
    """The town's kept disputes of `years` (all that are cleaned, when None). A year without a clean table is left out."""
    wanted = sorted(set(town.workspace.years() if years is None else years))
    tables = {year: town.results_of(year).clean(LEDGER, arrow=False) for year in wanted}
    frames = {year: table for year, table in tables.items() if table is not None}
    if not frames:
        told = "、".join(str(year) for year in wanted) or "无"
        raise LedgerError(f"没有可分析的矛盾纠纷调解台账（年份：{told}）。请先运行 fazhi run 清理台账。")
    return of_frames(frames, town.settings.unit.name)


def of_frames(frames: dict[int, pd.DataFrame], town: str) -> Disputes:
    """Clean tables (canonical columns; one that no layout had is missing) by year, as one town's disputes."""
    years = tuple(sorted(frames))
    parts = [_plain(frames[year], town).assign(year=year) for year in years]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.sort_values(["accepted_on"], kind="stable").reset_index(drop=True)
    return Disputes(rows, years, _months(rows, years))


def join(parts: Sequence[Disputes]) -> Disputes:
    """Several towns as one district."""
    if not parts:
        raise LedgerError("没有可分析的乡镇。请先运行 fazhi run 清理台账。")
    rows = pd.concat([part.rows for part in parts], ignore_index=True)
    years = tuple(sorted({year for part in parts for year in part.years}))
    return Disputes(rows, years, _months(rows, years))


def _plain(frame: pd.DataFrame, town: str) -> pd.DataFrame:
    """The columns that are looked at, in plain dtypes; unknown groups as `UNKNOWN`, amounts as Decimal."""
    frame = frame.reset_index(drop=True).reindex(columns=[name for name in COLUMNS if name != "town"])
    dates = {name: pd.to_datetime(frame[name]) for name in ("accepted_on", "closed_on")}
    groups = {name: frame[name].astype(object).where(frame[name].notna(), UNKNOWN) for name in GROUPS if name != "town"}
    parties = {name: frame[name].astype(object).where(frame[name].notna(), None) for name in PARTIES}
    amounts = [Decimal(0) if pd.isna(value) else Decimal(value) for value in frame["amount_yuan"]]
    plain = pd.DataFrame({"town": town, **groups, **dates, "amount_yuan": pd.Series(amounts, dtype=object), **parties})
    return plain.assign(
        month=plain["accepted_on"].dt.month, days_to_close=(plain["closed_on"] - plain["accepted_on"]).dt.days
    )


def _months(rows: pd.DataFrame, years: Sequence[int]) -> int:
    """The last month of the last year with a row in it; 12 where the year is empty."""
    last = rows.loc[rows["year"] == years[-1], "month"]
    return 12 if last.empty else int(last.max())


# --- tidy tables ---------------------------------------------------------------------------------------------------


def month_names(disputes: Disputes) -> list[str]:
    """`2024-01` … of all years in view, up to the last complete month."""
    last = disputes.years[-1]
    names = [f"{year}-{month:02}" for year in disputes.years for month in range(1, 13)]
    return [name for name in names if name <= f"{last}-{disputes.months:02}"]


def by_month(disputes: Disputes, group: str | None = None) -> pd.DataFrame:
    """Disputes accepted a month: a row a month (`2024-01`), a column a value of `group`, or one column `合计`."""
    rows = disputes.rows
    names = rows["year"].astype(str) + "-" + rows["month"].astype(str).str.zfill(2)
    by = rows[group] if group else pd.Series("合计", index=rows.index)
    return pd.crosstab(names, by).reindex(month_names(disputes), fill_value=0).rename_axis(index=None, columns=None)


def by_year(disputes: Disputes, group: str) -> pd.DataFrame:
    """Disputes accepted a year: a row a value of `group`, a column a year; largest of the last year first."""
    table = pd.crosstab(disputes.rows[group], disputes.rows["year"]).reindex(columns=disputes.years, fill_value=0)
    order = table[disputes.years[-1]].sort_values(ascending=False, kind="stable").index  # ties in order of their names
    return table.loc[order].rename_axis(index=None, columns=None)


def cross(disputes: Disputes) -> pd.DataFrame:
    """Disputes by village (rows) and type (columns) over the years in view, unknown ones left out."""
    rows = disputes.rows[(disputes.rows["village"] != UNKNOWN) & (disputes.rows["category"] != UNKNOWN)]
    return pd.crosstab(rows["village"], rows["category"]).rename_axis(index=None, columns=None)


def settling(disputes: Disputes) -> pd.DataFrame:
    """By year: `closed`, `open`, and quartiles of the days from acceptance to closing (`q1`, `median`, `q3`)."""
    days = disputes.rows.groupby("year")["days_to_close"]
    table = pd.DataFrame({"closed": days.count(), "open": days.size() - days.count()})
    table = table.assign(q1=days.quantile(0.25), median=days.median(), q3=days.quantile(0.75))
    return table.reindex(disputes.years)


def money(disputes: Disputes) -> pd.DataFrame:
    """By year: `agreements` with an amount, their exact sum `amount_yuan`, and the `median` in yuan."""
    paid = disputes.rows[disputes.rows["amount_yuan"] > 0]
    amounts = {year: paid.loc[paid["year"] == year, "amount_yuan"].tolist() for year in disputes.years}
    table = {
        year: {
            "agreements": len(found),
            "amount_yuan": sum(found, Decimal(0)),
            "median": pd.Series(found, dtype=float).median(),
        }
        for year, found in amounts.items()
    }
    return pd.DataFrame.from_dict(table, orient="index").astype({"agreements": int})


def repeat_parties(disputes: Disputes, least: int = 2) -> pd.DataFrame:
    """Pairs of parties (pseudonyms, either one may be the applicant) met at least `least` times.

    Columns `parties` (two pseudonyms joined by `/`), `count`, `villages`, `first`, `last`; most often first.
    """
    rows = disputes.rows.dropna(subset=list(PARTIES))
    pairs = ["/".join(sorted(pair)) for pair in zip(rows["applicant"], rows["respondent"], strict=True)]
    grouped = rows.assign(parties=pairs).groupby("parties")
    table = grouped.agg(
        count=("year", "size"),
        villages=("village", lambda v: "、".join(sorted(set(v)))),
        first=("accepted_on", "min"),
        last=("accepted_on", "max"),
    )
    table = table[table["count"] >= least].reset_index()
    return table.sort_values(["count", "parties"], ascending=[False, True], kind="stable").reset_index(drop=True)


def describe(disputes: Disputes) -> dict[str, Any]:
    """What is in view: towns, years, months of the last year, rows."""
    return {
        "towns": disputes.towns,
        "years": list(disputes.years),
        "months": disputes.months,
        "rows": len(disputes.rows),
        "village": disputes.village,
        "category": disputes.category,
        "source": disputes.source,
    }
