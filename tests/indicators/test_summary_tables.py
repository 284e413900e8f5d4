"""Summary tables: groups in order, totals that hold, nothing small of people's affairs."""

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Unit
from fazhi.errors import SpecError
from fazhi.indicators.summary_tables import MISSING, TOTAL, tabulate
from fazhi.indicators.table_specs import Summary, load_summaries
from made.clean_rows import clean_rows

UNIT = Unit(name="青木镇", villages=("龙井村", "金凤社区"), offices=("综合办",))
COUNT = {"label": "件数", "unit": "件", "measure": "count"}


@pytest.fixture(scope="module")
def specs():
    return load_specs()


def disputes(*rows):
    frame = pd.DataFrame(rows, columns=["accepted_on", "village", "category"])
    frame["accepted_on"] = pd.to_datetime(frame["accepted_on"]).dt.date
    return clean_rows(frame.convert_dtypes(dtype_backend="pyarrow"))


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
    assert (
        tabulate(summary("accepted_on", persons=True), specs, UNIT, disputes((days[0], "龙井村", None)), None) is None
    )


def test_a_row_without_its_date_is_in_the_total_and_in_no_month(specs):
    frame = disputes(("2025-02-05", "龙井村", None), (None, "龙井村", None))
    told = tabulate(summary("accepted_on"), specs, UNIT, frame, None)
    assert {group: count for group, count, _ in shown(told) if count} == {"2月": 1, TOTAL: 2}


def test_of_equal_groups_that_which_was_met_last_is_merged_where_the_years_agree(specs):
    order = ["劳动争议", "合同纠纷", "邻里纠纷"]
    told = tabulate(people(), specs, UNIT, settled(*((one, "成功", 5) for one in order), ("其他纠纷", "成功", 1)), None)
    assert [*cells(told)] == ["合同纠纷", "劳动争议", "其余类型", TOTAL]


def test_a_table_without_rows_or_column_is_none(specs):
    assert tabulate(summary("village"), specs, UNIT, disputes(), None) is None
    assert tabulate(summary("source"), specs, UNIT, disputes(("2025-01-05", "龙井村", None)), None) is None


# --- every counted measure is guarded ---------------------------------------------------------------------------------

SETTLED = {"label": "成功", "unit": "件", "measure": "count", "where": {"outcome": "成功"}}
AGREED = {"label": "协议金额", "unit": "元", "measure": "sum", "column": "amount_yuan"}


def settled(*rows):
    """Disputes from (category, outcome, how many) or with an amount as the fourth."""
    frame = pd.DataFrame(
        [(kind, outcome, *(amount or (0,))) for kind, outcome, count, *amount in rows for _ in range(count)],
        columns=["category", "outcome", "amount_yuan"],
    )
    return clean_rows(frame.convert_dtypes(dtype_backend="pyarrow"))


def people(*measures, compare=False):
    return Summary(
        id="t",
        title="表",
        group="组",
        ledger="disputes",
        by="category",
        measures=[COUNT, *measures],
        persons=True,
        compare=compare,
    )


def cells(told):
    return {group: values for group, values, _ in told.rows}


@pytest.mark.parametrize("few", [1, 2])
@pytest.mark.parametrize("lesser", ["成功", "不成功"])
def test_a_second_count_shows_no_few_and_no_difference_of_few(specs, few, lesser):
    """One or two that are settled, and one or two that are not (the difference of two cells), stand in no row."""
    other = {"成功": "不成功", "不成功": "成功"}[lesser]
    frame = settled(
        ("邻里纠纷", "成功", 9), ("邻里纠纷", "不成功", 9), ("合同纠纷", lesser, few), ("合同纠纷", other, 8),
        ("劳动争议", "成功", 4), ("劳动争议", "不成功", 5),
    )  # fmt: skip
    told = tabulate(people(SETTLED), specs, UNIT, frame, None)
    assert list(cells(told)) == ["邻里纠纷", "其余类型", TOTAL]
    assert not any(0 < count < 3 for counts in cells(told).values() for count in (counts[1], counts[0] - counts[1]))
    assert told.audit.small and not told.audit.exposes(3)


def test_a_total_of_few_leaves_no_table(specs):
    frame = settled(("邻里纠纷", "成功", 9), ("合同纠纷", "成功", 9), ("合同纠纷", "不成功", 2))
    assert tabulate(people(), specs, UNIT, frame, None) is not None
    assert tabulate(people(SETTLED), specs, UNIT, frame, None) is None


def test_a_sum_of_few_peoples_money_is_merged(specs):
    frame = settled(
        ("邻里纠纷", "成功", 9, 100), ("合同纠纷", "成功", 7, 0), ("合同纠纷", "成功", 2, 40_000), ("劳动争议", "成功", 9, 50)
    )  # fmt: skip
    assert cells(tabulate(people(AGREED), specs, UNIT, frame, None))["其余类型"] == [18, 80_450]
    whole = settled(("邻里纠纷", "成功", 9, 100), ("合同纠纷", "成功", 7, 0), ("劳动争议", "成功", 9, 50))
    assert "其余类型" not in cells(tabulate(people(AGREED), specs, UNIT, whole, None))


def test_what_cannot_be_guarded_is_refused_on_load():
    body = {"title": "表", "ledger": "disputes", "group": "组", "by": "category", "persons": True}
    villages = {"label": "村数", "unit": "个", "measure": "distinct", "column": "village"}
    written = yaml.safe_dump({"t": {**body, "measures": [COUNT, villages]}})
    with pytest.raises(SpecError, match=r"「t」涉及个人.*“村数”.*count、sum"):
        load_summaries(load_specs((("tables.yml", written),)))


KINDS, OUTCOMES = ("邻里纠纷", "合同纠纷", "劳动争议", "婚姻家庭纠纷"), ("成功", "不成功", "调解中")
OPEN = {"label": "调解中", "unit": "件", "measure": "count", "where": {"outcome": "调解中"}}


def likely(statements, target):
    """How many values a sum of unknown counts may have: the least and the most by integer programming."""
    names = sorted({name for members, _ in statements for name in members})
    rows = np.array([[name in members for name in names] for members, _ in statements], dtype=float)
    totals = np.array([total for _, total in statements], dtype=float)
    wanted = np.array([name in target for name in names], dtype=float)
    settings = {"constraints": LinearConstraint(rows, totals, totals), "integrality": np.ones(len(names))}
    low, high = (milp(sign * wanted, **settings) for sign in (1, -1))
    return round(-high.fun) - round(low.fun) + 1


def said(told, year, before):
    """Every cell of a paper as a statement about the unknown counts (year, category, outcome)."""
    shown = [group for group, _, _ in told.rows if group in KINDS]
    members = {TOTAL: KINDS, "其余类型": [kind for kind in KINDS if kind not in shown]}
    for group, (whole, good, pending), last in told.rows:
        kinds = members.get(group, [group])
        for wanted, count in ((OUTCOMES, whole), (("成功",), good), (("调解中",), pending)):
            yield {(year, kind, outcome) for kind in kinds for outcome in wanted}, count
        if before:
            yield {(before, kind, outcome) for kind in kinds for outcome in OUTCOMES}, last


@given(st.lists(st.sampled_from([0, 1, 2, 3, 5, 9, 20, 30]), min_size=24, max_size=24))
@settings(max_examples=40, deadline=None)
def test_no_outsider_works_out_a_small_count_from_the_papers_of_two_years(counts):
    specs = load_specs()
    truth = {
        (year, kind, outcome): counts.pop() for year in (2024, 2025) for kind in KINDS for outcome in OUTCOMES if counts
    }
    last, now = (
        settled(*((kind, outcome, n) for (y, kind, outcome), n in truth.items() if y == year)) for year in (2024, 2025)
    )
    spec = people(SETTLED, OPEN, compare=True)
    papers = [
        (tabulate(spec, specs, UNIT, last, None), 2024, None),
        (tabulate(spec, specs, UNIT, now, last), 2025, 2024),
    ]
    statements = [one for told, *years in papers if told for one in said(told, *years)]
    known = {name for members, _ in statements for name in members}
    for year in (2024, 2025):
        for kind in KINDS:
            for wanted in (OUTCOMES, *((o,) for o in OUTCOMES), OUTCOMES[:2], OUTCOMES[1:]):
                target = {(year, kind, outcome) for outcome in wanted}
                if 0 < sum(truth[one] for one in target) < 3 and target & known:
                    assert likely(statements, target) >= 3, (target, [p[0] and p[0].rows for p in papers])
