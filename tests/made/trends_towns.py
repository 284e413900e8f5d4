"""Small made-up towns for the tests of trends: plain rows, so many a month of each village and type."""

from decimal import Decimal

import pandas as pd

from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Unit
from fazhi.trends import records as series

VILLAGES = ("甲村", "乙村", "丙村", "丁村", "戊村")
TYPES = ("邻里纠纷", "合同纠纷", "山林土地纠纷")
LEDGER = load_specs().ledgers["disputes"]
YEARS = (2022, 2023, 2024, 2025)


def unit() -> Unit:
    return Unit(name="青木镇", villages=VILLAGES, offices=("司法所",))


def rows(years: tuple[int, ...] = YEARS, months: int = 12) -> pd.DataFrame:
    """A plain town: each month two of each village, the types in turn, days and parties all different."""
    made = []
    for year in years:
        for month in range(1, (months if year == years[-1] else 12) + 1):
            for i, village in enumerate(VILLAGES * 2):
                number = len(made)
                day = pd.Timestamp(year, month, (7 * i + 3 * month) % 28 + 1)
                wait = pd.Timedelta(days=number * 7 % 23)
                made.append(
                    (
                        day,
                        village,
                        TYPES[number * 5 // 3 % 3],
                        Decimal(1000 + number * 37 % 997),
                        day + wait,
                        f"Pa{number}",
                        f"Pb{number}",
                    )
                )
    names = ["accepted_on", "village", "category", "amount_yuan", "closed_on", "applicant", "respondent"]
    return pd.DataFrame(made, columns=names).assign(source="群众来访", outcome="调解成功")


def disputes(frame: pd.DataFrame, years: tuple[int, ...] = YEARS) -> series.Records:
    """The frame as disputes of these years."""
    year = pd.to_datetime(frame["accepted_on"]).dt.year
    return series.of_frames({y: frame[year == y] for y in years}, "青木镇", LEDGER)


def more(frame: pd.DataFrame, count: int, **fixed: object) -> pd.DataFrame:
    """`count` rows more: copies from all over the frame, with other parties and the `fixed` columns as given."""
    copied = frame.iloc[[(len(frame) * len(frame) + i * (len(frame) // count)) % 479 for i in range(count)]]
    parties = {name: [f"Pm{len(frame)}{name[0]}{i}" for i in range(count)] for name in ("applicant", "respondent")}
    added = copied.assign(**{**parties, **fixed})
    added["accepted_on"] = pd.to_datetime(added["accepted_on"])
    added["closed_on"] = added["accepted_on"] + (copied["closed_on"] - copied["accepted_on"])
    return pd.concat([frame, added], ignore_index=True)
