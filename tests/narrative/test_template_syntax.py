"""A fault of a template is told in Chinese, with its line."""

import re

import pytest

from fazhi.errors import SpecError
from fazhi.narrative.template_syntax import parse


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("{% block a %}\n{% if 1 %}甲{% endif %}\n", 1, "{% block a %} 没有结尾，缺 {% endblock %}"),
        ("{% block a %}\n{% if 1 %}甲\n{% endblock %}", 3, "前面的 {% if %} 还没有结尾，缺 {% endif %}"),
        ("甲\n{% endblock %}", 2, "{% endblock %} 前面没有与它成对的开头"),
        ("{% blok a %}{% endblok %}", 1, "没有 {% blok … %} 这种标签"),
        ("{% block a %}1{% endblock %}\n{% block a %}2{% endblock %}", 2, "块“a”写了两次"),
        ('{{ sentence（"甲"） }}', 1, "不能用的 （ ，标点要用半角"),
        ("{{ “甲” }}", 1, "不能用的 “ ，标点要用半角"),
        ('{{ "甲 }}', 1, '引号 " 没有成对'),
        ("甲\n{# 乙", 2, "注释 {# 没有结尾 #}"),
        ('{{ sentence("甲" }}', 1, "到“}”处读不下去"),
        ("{% if %}甲{% endif %}", 1, "“%}”前面缺内容"),
        ("{{ 1 2 }}", 1, "到“数字”处读不下去"),
        ("{{ 甲乙", 1, ""),
    ],
)
def test_a_fault_names_its_line_and_what_to_mend(text, line, why):
    with pytest.raises(SpecError) as fault:
        parse(text, "report.md")
    said = str(fault.value)
    assert said.startswith(f"report.md 第 {line} 行写法有误：") and why in said
    own = text.replace('"', "").split()
    assert not [word for word in re.findall("[A-Za-z]{3,}", said.replace("report.md", "").replace("block/endblock", ""))
                if word not in ("endif", "endblock", "block", "blok", *own)]  # fmt: skip
