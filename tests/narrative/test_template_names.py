"""What a template names is looked up without rendering it, and what it names rightly is never refused."""

from importlib import resources

import pytest

from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Unit
from fazhi.narrative.compose import compose
from fazhi.narrative.template_functions import Marks, TemplateFunctions
from fazhi.narrative.template_names import FILTERS, FUNCTIONS, VALUES, unknown_names
from fazhi.narrative.template_syntax import environment, parse
from made.figures import published, statistics

KNOWN = {name: (spec.label, spec.unit) for name, spec in load_specs().indicators.items()}
KNOWN |= dict.fromkeys(("unit:villages", "targets:met", "targets:short"), ("", ""))
BASE = parse((resources.files("fazhi.narrative") / "templates" / "report.md").read_text(encoding="utf-8"), "report.md")


def faults(text: str) -> list[str]:
    return [f"{line} {fault}" for line, fault in unknown_names(parse(text, "report.md"), BASE, KNOWN)]


@pytest.mark.parametrize(
    "text",
    [
        "{% set n = 3 %}{% for x in range(n) %}{{ loop.index }}{{ x }}{% endfor %}",
        "{% macro m(a) %}{{ a }}{{ caller() }}{% endmacro %}{% call m(1) %}甲{% endcall %}",
        "{% if later is defined %}{{ later }}{% endif %}{{ other | default('甲') }}",
        "{% block a %}{{ super() }}{{ self.a() }}{% endblock %}",
        '{{ "plan:进校园" | figure }}{{ clause("{target:进校园}") }}{{ "drills.participants" | floor }}',
        '{{ clause("{drills.held|change}", zero="无", needs="drills.held") }}{{ "a" ~ "b" | upper }}',
        "{% for part in parts %}{{ part.head }}{% endfor %}{{ town }}{{ next_year + 1 }}{% if records_open %}甲{% endif %}",
    ],
)
def test_what_exists_is_not_refused(text):
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ contracts.reviewd }}", '1 指标编号要加引号，写成 {{ "contracts.reviewed" | figure }}'),
        ("甲\n{{ yaer }}", "2 没有“yaer”这个变量或函数，最接近的是“year”"),
        ('{% if falls_short("disputes.sucess_rate") %}甲{% endif %}', "最接近的是“disputes.success_rate”"),
        ('{{ clause("{应急演练}") }}', "没有“应急演练”这个指标，请写代号：drills.held（应急演练）"),
        ('{{ clause("甲", needs="drills.hled") }}', "最接近的是“drills.held”"),
        ('{{ clause("{penalties.fines_yuan|wan}") }}', "的单位是元，不能用“wan”"),
        ("{{ 1 is evenn }}", "没有“evenn”这个写法，最接近的是“even”"),
    ],
)
def test_what_does_not_is_told_with_the_nearest(text, said):
    (found,) = faults(text)
    assert said in found


def test_the_names_are_those_that_a_report_is_rendered_with(monkeypatch):
    assert unknown_names(BASE, BASE, KNOWN) == []
    functions = TemplateFunctions({}, {}, Marks())
    assert set(functions.filters()) == set(FILTERS) and set(functions.functions()) == set(FUNCTIONS)
    met = {}

    def rendered(template, context, vocabulary, marks):
        met.update(context)
        return "甲"

    monkeypatch.setattr("fazhi.narrative.compose.render", rendered)
    monkeypatch.setattr("fazhi.narrative.compose.check_template", lambda *_: None)
    compose(published(statistics({}, {})), Unit(name="青木镇", villages=("龙井村",), offices=("司法所",)), 2025)
    assert set(met) == set(VALUES)
    assert not {*VALUES, *FUNCTIONS} & set(environment().globals)
