"""Made-up disputes to look at, so that every count can be checked by hand."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd

from fazhi.town_year import TownSettings, TownYear
from fazhi.trend_report.selection import View
from fazhi.trends.records import of_frames
from fazhi.workspace.paths import Workspace

Case = tuple[str, str, str, str]  # day, village, category, source

HOSTILE = "</script><img src=x onerror=alert(1)>\u2028&\"'="


def view_of(settings: TownSettings, cases: Iterable[Case], folder: Workspace | None = None) -> View:
    """A view of one town with these cases, each closed after ten days with an agreement over 10,000 yuan."""
    frames: dict[int, list[dict[str, object]]] = {}
    for day, village, category, source in cases:
        accepted = date.fromisoformat(day)
        frames.setdefault(accepted.year, []).append(
            {
                "accepted_on": accepted, "village": village or None, "category": category, "source": source,
                "outcome": "调解成功", "amount_yuan": 10000, "closed_on": date.fromordinal(accepted.toordinal() + 10),
                "applicant": "P1", "respondent": f"P{len(frames)}",
            }
        )  # fmt: skip
    made = {year: pd.DataFrame(rows) for year, rows in frames.items()} or {2025: pd.DataFrame()}
    town = TownYear(folder or Workspace(Path("nowhere")), max(made), settings)
    return View(of_frames(made, settings.unit.name, settings.specs.ledgers["disputes"]), (town,), max(made))


def cases(year: int, *groups: tuple[int, str, str]) -> list[Case]:
    """`(how many, village, category)`, one after the other over the months of the year."""
    listed = [(village, category) for count, village, category in groups for _ in range(count)]
    return [
        (f"{year}-{n % 12 + 1:02}-05", village, category, "群众来访") for n, (village, category) in enumerate(listed)
    ]
