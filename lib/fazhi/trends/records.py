"""Clean rows of one ledger, of many years and towns, as one frame, and the tidy tables that are counted from it.

Whatever the ledger calls its columns, the frame has them by the part they play in the trends (`trends` in the ledger's yml).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from fazhi.dictionary.models import Ledger
from fazhi.dictionary.trend_roles import TrendRoles, roles_by_kind
from fazhi.errors import LedgerError
from fazhi.town_year import TownYear
from fazhi.values.order import rest_last

UNKNOWN = "未注明"  # a village, type, source or outcome that could not be read, or that the ledger does not have
PARTIES = ("applicant", "respondent")
EXPECTED_TO_MISS = 3.0  # rows that a month should still have had: that none came is chance in one of twenty
GROUPS = ("town", "village", "category", "source", "outcome", "handler")


@dataclass(frozen=True)
class Records:
    """Kept rows of some years. `rows`: `year`, `month` (1–12), `days_to_close` (NaN while open), `GROUPS`, `accepted_on`,
    `closed_on`, `amount_yuan`, `PARTIES`, and the `office` that sent them.

    `months` of the last year are there; beyond them nothing is registered. `last_day` is the day of the last one on which the
    year is cut off, None where the month is whole. `village` … `outcome` say what the rows were narrowed to.
    """

    rows: pd.DataFrame
    years: tuple[int, ...]
    ledger: Ledger
    months: int = 12
    last_day: int | None = None
    village: str | None = None
    category: str | None = None
    source: str | None = None
    outcome: str | None = None

    @property
    def roles(self) -> TrendRoles:
        """The parts that the ledger's columns play."""
        return roles_of(self.ledger)

    @property
    def towns(self) -> list[str]:
        return sorted(self.rows["town"].unique().tolist())

    @property
    def villages(self) -> list[str]:
        return named(self.rows["village"])

    @property
    def categories(self) -> list[str]:
        return named(self.rows["category"])

    def of_town(self, town: str) -> "Records":
        """The rows of one town of a district; its own last month."""
        rows = self.rows[self.rows["town"] == town].reset_index(drop=True)
        return replace(self, rows=rows, months=_months(rows, self.years), last_day=_last_day(rows, self.years))

    def same_days(self) -> "Records":
        """The rows without those of earlier years that lie behind the day on which the last year is cut off, in its last month."""
        if not self.last_day:
            return self
        rows = self.rows
        later = (rows["month"] == self.months) & (rows["accepted_on"].dt.day > self.last_day)
        return replace(self, rows=rows[~later])

    def only(self, **wanted: str | None) -> "Records":
        """The rows of one `village`, `category`, `source` or `outcome`; None leaves it open. Years and months stay."""
        wanted = {name: value for name, value in wanted.items() if value}
        rows = self.rows
        for name, value in wanted.items():
            rows = rows[rows[name] == value]
        return replace(self, rows=rows.reset_index(drop=True), **wanted)  # type: ignore[arg-type]


def named(values: pd.Series) -> list[str]:
    """The values that are known, in order of their names."""
    return sorted(set(values.tolist()) - {UNKNOWN})


def roles_of(ledger: Ledger) -> TrendRoles:
    """The parts that a ledger's columns play in its trends, by their kinds where its yml names none.

    Raises LedgerError where the ledger has no date by which its rows could be counted.
    """
    if ledger.trends is not None:
        return ledger.trends
    if ledger.date_column is None:
        raise LedgerError(f"{ledger.title}没有必填的日期，不能按月、按年看趋势。")
    return roles_by_kind(ledger.title, ledger.columns, ledger.date_column)


def load(town: TownYear, ledger: Ledger, years: Iterable[int] | None = None) -> Records:
    """The town's kept rows of `years` (all that are cleaned, when None). A year without a clean table is left out."""
    wanted = sorted(set(town.workspace.years() if years is None else years))
    tables = {year: town.results_of(year).clean_frame(ledger.id) for year in wanted}
    frames = {year: table for year, table in tables.items() if table is not None}
    if not frames:
        listed = "、".join(str(year) for year in wanted) or "无"
        raise LedgerError(f"没有可分析的{ledger.title}（年份：{listed}）。请先运行 fazhi run 清理台账。")
    return of_frames(frames, town.settings.unit.name, ledger)


def of_frames(frames: dict[int, pd.DataFrame], town: str, ledger: Ledger) -> Records:
    """Clean tables (canonical columns; one that no layout had is missing) by year, as one town's records."""
    years = tuple(sorted(frames))
    parts = [_plain(frames[year], town, ledger).assign(year=year) for year in years]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.sort_values(["accepted_on"], kind="stable").reset_index(drop=True)
    return Records(rows, years, ledger, _months(rows, years), _last_day(rows, years))


def join(parts: Sequence[Records]) -> Records:
    """Several towns as one district."""
    if not parts:
        raise LedgerError("没有可分析的乡镇。请先运行 fazhi run 清理台账。")
    rows = pd.concat([part.rows for part in parts], ignore_index=True)
    years = tuple(sorted({year for part in parts for year in part.years}))
    return Records(rows, years, parts[0].ledger, _months(rows, years), _last_day(rows, years))


def _plain(frame: pd.DataFrame, town: str, ledger: Ledger) -> pd.DataFrame:
    """The columns that are looked at, by the part they play, in plain dtypes; unknown groups as `UNKNOWN`, amounts as Decimal."""
    frame = frame.reset_index(drop=True)
    nothing = pd.Series(None, index=frame.index, dtype=object)
    roles, files = roles_of(ledger), frame.get("source_file", nothing)
    offices = [str(file).split("/")[0] if "/" in str(file) else ledger.office for file in files]
    frame = pd.DataFrame({part: frame.get(column, nothing) for part, column in _columns(roles).items()})
    dates = {name: pd.to_datetime(frame[name]) for name in ("accepted_on", "closed_on")}
    groups = {name: frame[name].astype(object).where(frame[name].notna(), UNKNOWN) for name in GROUPS if name != "town"}
    parties = {name: frame[name].astype(object).where(frame[name].notna(), None) for name in PARTIES}
    amounts = [Decimal(0) if pd.isna(value) else Decimal(value) for value in frame["amount_yuan"]]
    plain = pd.DataFrame(
        {
            "town": town,
            **groups,
            "office": pd.Series(offices, dtype=object),
            **dates,
            "amount_yuan": pd.Series(amounts, dtype=object),
            **parties,
        }
    )
    return plain.assign(
        month=plain["accepted_on"].dt.month, days_to_close=(plain["closed_on"] - plain["accepted_on"]).dt.days
    )


def _columns(roles: TrendRoles) -> dict[str, str | None]:
    """Name in the frame -> column of the ledger, None where it has none."""
    parties = dict(zip(PARTIES, roles.parties or (None, None), strict=True))
    groups = {name: {**roles.groups, "handler": roles.handler}.get(name) for name in GROUPS if name != "town"}
    return {**groups, "accepted_on": roles.date, "closed_on": roles.closed, "amount_yuan": roles.amount, **parties}


def _months(rows: pd.DataFrame, years: Sequence[int]) -> int:
    """The last month of the last year with a row in it; 12 where the year is empty."""
    last = rows.loc[rows["year"] == years[-1], "month"]
    return 12 if last.empty else int(last.max())


def _last_day(rows: pd.DataFrame, years: Sequence[int]) -> int | None:
    """The day on which the last month of the last year breaks off; None where so many days without a row may be chance, or
    other months end as early."""
    last = rows.loc[rows["year"] == years[-1], "accepted_on"]
    if last.empty:
        return None
    day, left = last.max(), last.max().days_in_month - last.max().day
    ends = rows.groupby(["year", "month"])["accepted_on"].max()
    earliest = (ends.dt.days_in_month - ends.dt.day).drop((years[-1], day.month)).max()
    is_chance = len(last) / day.day_of_year * left < EXPECTED_TO_MISS or left <= earliest
    return None if is_chance else int(day.day)


# --- tidy tables ---------------------------------------------------------------------------------------------------


def month_names(records: Records) -> list[str]:
    """`2024-01` … of all years in view, up to the last complete month."""
    last = records.years[-1]
    names = [f"{year}-{month:02}" for year in records.years for month in range(1, 13)]
    return [name for name in names if name <= f"{last}-{records.months:02}"]


def by_month(records: Records, group: str | None = None) -> pd.DataFrame:
    """Records accepted a month: a row a month (`2024-01`), a column a value of `group`, or one column `合计`."""
    rows = records.rows
    names = rows["year"].astype(str) + "-" + rows["month"].astype(str).str.zfill(2)
    by = rows[group] if group else pd.Series("合计", index=rows.index)
    return pd.crosstab(names, by).reindex(month_names(records), fill_value=0).rename_axis(index=None, columns=None)


def by_year(records: Records, group: str) -> pd.DataFrame:
    """Records accepted a year: a row a value of `group`, a column a year; largest of the last year first."""
    table = pd.crosstab(records.rows[group], records.rows["year"]).reindex(columns=records.years, fill_value=0)
    order = table[records.years[-1]].sort_values(ascending=False, kind="stable").index  # ties in order of their names
    return table.loc[rest_last(order)].rename_axis(index=None, columns=None)


def cross(records: Records) -> pd.DataFrame:
    """Records by village (rows) and type (columns) over the years in view, unknown ones left out."""
    rows = records.rows[(records.rows["village"] != UNKNOWN) & (records.rows["category"] != UNKNOWN)]
    return pd.crosstab(rows["village"], rows["category"]).rename_axis(index=None, columns=None)


def two_years(records: Records, group: str, before: int, after: int) -> pd.DataFrame:
    """Records of two years by value of `group`: a column each, `more` and `times` (missing where there were none), their sum last."""
    table = pd.crosstab(records.rows[group], records.rows["year"]).reindex(columns=[before, after], fill_value=0)
    order = rest_last(table[after].sort_values(ascending=False, kind="stable").index)
    table = table.loc[order][(table.loc[order] > 0).any(axis=1)]
    table = pd.concat([table, table.sum().to_frame("合计").T]).rename_axis(index=None, columns=None)
    times = table[after] / table[before].where(table[before] > 0)
    return table.assign(more=table[after] - table[before], times=times)


def by_handler(records: Records) -> pd.DataFrame:
    """Who deals with the rows, by pseudonym: `count` by year, `places` among them, the `rate` of success; most often first."""
    rows, roles = records.rows[records.rows["handler"] != UNKNOWN], records.roles
    counts = pd.crosstab(rows["handler"], rows["year"]).reindex(columns=records.years, fill_value=0)
    ended = rows[rows["outcome"].isin([roles.success, roles.failure])]
    rate = (ended["outcome"] == roles.success).groupby(ended["handler"]).mean().reindex(counts.index)
    places = rows.groupby("handler")["village"].agg(lambda villages: "、".join(named(villages)))
    table = counts.assign(count=counts.sum(axis=1), places=places, rate=rate)
    return table.sort_values("count", ascending=False, kind="stable").rename_axis(index=None, columns=None)


def settling(records: Records) -> pd.DataFrame:
    """By year: `closed`, `open`, and quartiles of the days from acceptance to closing (`q1`, `median`, `q3`)."""
    days = records.rows.groupby("year")["days_to_close"]
    table = pd.DataFrame({"closed": days.count(), "open": days.size() - days.count()})
    table = table.assign(q1=days.quantile(0.25), median=days.median(), q3=days.quantile(0.75))
    return table.reindex(records.years)


def money(records: Records) -> pd.DataFrame:
    """By year: `agreements` with an amount, their exact sum `amount_yuan`, and the `median` in yuan."""
    paid = records.rows[records.rows["amount_yuan"] > 0]
    amounts = {year: paid.loc[paid["year"] == year, "amount_yuan"].tolist() for year in records.years}
    table = {
        year: {
            "agreements": len(found),
            "amount_yuan": sum(found, Decimal(0)),
            "median": pd.Series(found, dtype=float).median(),
        }
        for year, found in amounts.items()
    }
    return pd.DataFrame.from_dict(table, orient="index").astype({"agreements": int})


def repeat_parties(records: Records, least: int = 2) -> pd.DataFrame:
    """Pairs of parties (pseudonyms, either one may be the applicant) met at least `least` times.

    Columns `parties` (two pseudonyms joined by `/`), `count`, `villages`, `first`, `last`; most often first.
    """
    rows = records.rows.dropna(subset=list(PARTIES))
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


def describe(records: Records) -> dict[str, Any]:
    """What is in view: towns, years, months of the last year, rows."""
    return {
        "towns": records.towns,
        "years": list(records.years),
        "months": records.months,
        "rows": len(records.rows),
        "village": records.village,
        "category": records.category,
        "source": records.source,
    }
