"""Charts are data, checked on load: what they name exists, and their form can show it."""

import pytest
import yaml

from fazhi.dictionary.loading import load_specs
from fazhi.errors import SpecError
from fazhi.indicators import chart_specs
from fazhi.indicators.chart_specs import compared_indicators, load_charts

MONTHS = {"form": "columns", "table": "inspections_by_month", "subject": "行政执法检查"}
FIELDS = {"form": "bars", "table": "inspections_by_field"}


@pytest.fixture
def written():
    """Load a town's `charts.yml` of this content, and give back what it adds."""

    def load(**content):
        return load_charts(load_specs((("charts.yml", yaml.safe_dump(content)),)))[-len(content) :]

    return load


def test_the_charts_that_come_with_the_package_are_sound():
    specs = load_specs()
    assert load_charts(specs)
    assert set(compared_indicators(specs)) <= set(specs.indicators)


def test_a_chart_shows_the_first_measure_of_its_table_or_the_one_it_names(written):
    table = next(table for table in chart_specs.load_summaries(load_specs()) if table.id == "inspections_by_field")
    first, second = written(a=FIELDS, b={**FIELDS, "measure": "发现隐患"})
    assert (first.measured(table).label, second.measured(table).label) == ("检查", "发现隐患")


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        ({**FIELDS, "table": "inspections_by_feild"}, "table 中“inspections_by_feild”不存在，最接近的是“inspections_by_field”"),
        ({**FIELDS, "measure": "隐患"}, "measure 中“隐患”不存在，最接近的是“发现隐患”"),
        ({**FIELDS, "form": "pie"}, "form"),
        ({**FIELDS, "colour": "red"}, "不认识的项目“colour”"),
        ({**FIELDS, "form": "columns"}, "按日期列汇总的表用 columns，其他的表用 bars；“inspections_by_field”应为 bars"),
        ({**MONTHS, "form": "bars"}, "“inspections_by_month”应为 columns"),
        ({**FIELDS, "compare": True}, "compare 只用于 columns"),
        ({**MONTHS, "measure": "发现隐患", "compare": True}, "所画的是它的第一项"),
        ({"form": "bars"}, "应写 table，不写 indicators"),
        ({"form": "changes"}, "应写 indicators，不写 table"),
        ({"form": "changes", "indicators": ["disputes.mediate"]}, "最接近的是“disputes.mediated”"),
    ],
)  # fmt: skip
def test_a_chart_that_leads_nowhere_is_told_on_load(written, chart, said):
    with pytest.raises(SpecError) as told:
        written(**{"my-chart": chart})
    assert "charts.yml「my-chart」" in str(told.value)
    assert said in str(told.value)


def test_the_name_of_a_chart_can_be_the_name_of_a_file(written):
    with pytest.raises(SpecError, match="id"):
        written(**{"../图": FIELDS})
