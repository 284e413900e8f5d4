"""A chart says what its table says: the same groups and numbers, and a caption chosen from them."""

import re

import pandas as pd
import pytest

from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Unit
from fazhi.indicators.chart_specs import Chart
from fazhi.indicators.summary_charts import chart_of_changes, chart_of_table
from fazhi.indicators.summary_tables import tabulate
from fazhi.indicators.table_specs import Summary
from made.clean_rows import clean_rows
from made.figures import entry

UNIT = Unit(name="青木镇", villages=("龙井村",), offices=("综合办",))
COUNT = {"label": "件数", "unit": "件", "measure": "count"}
MONEY = {"label": "协议金额", "unit": "元", "measure": "sum", "column": "amount_yuan"}
SPECS = load_specs()


def drawn(chart, rows, before=None, persons=False):
    """The figure of disputes given as (accepted_on, category, amount)."""
    frames = [
        given
        and clean_rows(
            pd.DataFrame(given, columns=["accepted_on", "category", "amount_yuan"])
            .assign(accepted_on=lambda f: pd.to_datetime(f["accepted_on"]).dt.date)
            .convert_dtypes(dtype_backend="pyarrow")
        )
        for given in (rows, before)
    ]
    by = "accepted_on" if chart.form == "columns" else "category"
    spec = Summary(
        id="t", title="表", group="组", ledger="disputes", by=by, measures=[COUNT, MONEY], persons=persons, compare=True
    )
    return chart_of_table(chart, tabulate(spec, SPECS, UNIT, *frames), SPECS.ledgers["disputes"], 2025)


def rows(**counts):
    return [("2025-03-05", kind, 100) for kind, count in counts.items() for _ in range(count)]


def texts(figure):
    return re.findall(r"<text[^>]*>([^<]+)</text>", figure.svg)


BARS = Chart(id="kinds", form="bars", table="t", counts="各类纠纷件数")
MONTHS = Chart(id="months", form="columns", table="t", subject="纠纷", compare=True)


def test_bars_stand_by_size_and_the_caption_names_the_largest():
    figure = drawn(BARS, rows(合同纠纷=1, 邻里纠纷=3))
    assert (figure.caption, figure.alt) == ("邻里纠纷最多，占75.0%", "2025年各类纠纷件数：邻里纠纷3件，合同纠纷1件")
    assert figure.source == "司法所2025年矛盾纠纷调解台账，按纠纷类型"


def test_what_the_table_merges_the_chart_merges_and_shows_last():
    figure = drawn(BARS, rows(邻里纠纷=9, 合同纠纷=8, 劳动争议=2, 消费纠纷=1), persons=True)
    assert figure.alt.endswith("邻里纠纷9件，合同纠纷8件，其余类型3件")
    assert not {"1", "2", "劳动争议", "消费纠纷"} & set(texts(figure))


def test_columns_name_every_highest_month_and_show_last_year_beside():
    now = [("2025-03-05", None, 0), ("2025-05-05", None, 0)]
    figure = drawn(MONTHS, now, [("2024-01-05", None, 0)])
    assert figure.caption == "纠纷3月、5月最多，各1件"
    assert {"2024年", "2025年"} <= set(texts(figure))
    alone = drawn(MONTHS.model_copy(update={"compare": False}), now, [("2024-01-05", None, 0)])
    assert "2024年" not in texts(alone)


def test_another_measure_brings_its_own_unit():
    figure = drawn(BARS.model_copy(update={"measure": "协议金额", "counts": ""}), rows(合同纠纷=1, 邻里纠纷=3))
    assert figure.alt == "2025年协议金额：邻里纠纷300元，合同纠纷100元"


def test_nothing_but_zeros_is_no_chart():
    zero = [("2025-03-05", "合同纠纷", 0)]
    assert drawn(BARS.model_copy(update={"measure": "协议金额"}), zero) is None


CHANGES = Chart(id="changes", form="changes", subject="主要指标", indicators=("a", "b", "c", "gone"))


def changed(value, previous, open_rows=0):
    change = (value - previous) / previous if previous else None
    return entry(value, previous, label="检查", unit="家次", change=change, open_rows=open_rows)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"a": changed(12, 10), "b": changed(9, 12), "c": changed(10, 10)}, "3项主要指标与上年相比，1项增长、1项下降、1项持平"),
        ({"a": changed(12, 10), "b": changed(9, 9)}, "1项主要指标与上年相比，1项增长"),  # a base under ten
        ({"a": changed(12, 10), "b": changed(0, 12, open_rows=3)}, "1项主要指标与上年相比，1项增长"),  # rows are out
        ({"b": changed(9, 0)}, None),
    ],
)  # fmt: skip
def test_changes_are_told_of_what_can_be_compared(entries, said):
    figure = chart_of_changes(CHANGES, entries, 2025)
    assert (figure and figure.caption) == said
