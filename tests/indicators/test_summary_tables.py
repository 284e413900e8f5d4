"""Summary tables: groups in order, totals that hold, nothing small of people's affairs."""

import pandas as pd
import pytest

from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Unit
from fazhi.indicators.summary_tables import MISSING, TOTAL, Summary, load_summaries, tabulate

UNIT = Unit(name="青木镇", villages=("龙井村", "金凤社区"), offices=("综合办",))
COUNT = {"label": "件数", "unit": "件", "measure": "count"}


@pytest.fixture(scope="module")
def specs():
    return load_specs()


def disputes(*rows):
    frame = pd.DataFrame(rows, columns=["accepted_on", "village", "category"])
    frame["accepted_on"] = pd.to_datetime(frame["accepted_on"]).dt.date
    return frame.convert_dtypes(dtype_backend="pyarrow")


def summary(by, persons=False, compare=False):
    return Summary(
        id="t", title="表", group="组", ledger="disputes", by=by, measures=[COUNT], persons=persons, compare=compare
    )


def shown(told):
    return [(group, values[0], before) for group, values, before in told.rows]


def test_every_table_that_comes_with_the_package_is_sound(specs):
    assert len({spec.id for spec in load_summaries(specs)}) > 20


def test_groups_stand_in_the_order_of_the_unit_and_the_total_holds(specs):
    frame = disputes(("2025-01-05", "金凤社区", None), ("2025-01-06", "龙井村", None), ("2025-03-05", None, None))
    told = tabulate(summary("village"), specs, UNIT, frame, None)
    assert shown(told) == [("龙井村", 1, None), ("金凤社区", 1, None), (MISSING, 1, None), (TOTAL, 3, None)]


def test_last_year_stands_beside_this_one(specs):
    now = disputes(("2025-01-05", "龙井村", None))
    before = disputes(("2024-01-05", "金凤社区", None), ("2024-01-06", "金凤社区", None))
    told = tabulate(summary("village", compare=True), specs, UNIT, now, before)
    assert shown(told) == [("龙井村", 1, 0), ("金凤社区", 0, 2), (TOTAL, 1, 2)]


def test_small_counts_of_people_are_put_together(specs):
    frame = disputes(
        *[("2025-01-05", "龙井村", kind) for kind in ["邻里纠纷"] * 9 + ["合同纠纷"] * 4 + ["劳动争议"] * 2]
    )
    told = tabulate(summary("category", persons=True), specs, UNIT, frame, None)
    assert shown(told) == [("邻里纠纷", 9, None), ("其余类型", 6, None), (TOTAL, 15, None)]


def test_months_become_quarters_and_then_nothing(specs):
    days = [f"2025-{month:02}-05" for month in range(1, 13)] * 3
    monthly = tabulate(
        summary("accepted_on", persons=True), specs, UNIT, disputes(*[(d, "龙井村", None) for d in days]), None
    )
    assert [row[0] for row in shown(monthly)] == [*(f"{m}月" for m in range(1, 13)), TOTAL]
    fewer = disputes(*[(d, "龙井村", None) for d in days[:24]])
    quarterly = tabulate(summary("accepted_on", persons=True), specs, UNIT, fewer, None)
    assert shown(quarterly) == [*((f"第{q}季度", 6, None) for q in "一二三四"), (TOTAL, 24, None)]
    assert tabulate(summary("accepted_on", persons=True), specs, UNIT, fewer.head(2), None) is None


def test_a_table_without_rows_or_column_is_none(specs):
    assert tabulate(summary("village"), specs, UNIT, disputes().head(0), None) is None
    assert tabulate(summary("source"), specs, UNIT, disputes(("2025-01-05", "龙井村", None)), None) is None
