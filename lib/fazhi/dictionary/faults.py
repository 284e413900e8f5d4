"""What pydantic finds wrong with one item of a YAML file, in the analyst's words."""

import re
from collections.abc import Mapping
from typing import Any

_DATE, _LIST, _MAPPING = "应为日期，如 2026-01-09", "应为列表，如 [石桥村, 柳林村]", "应为“名称: 内容”的形式"
_WORDS = {
    "string_type": "应为文字，数字和 是、否 之类请加引号",
    "int_type": "应为整数", "int_parsing": "应为整数", "int_from_float": "应为整数",
    "float_type": "应为数", "float_parsing": "应为数", "decimal_type": "应为数", "decimal_parsing": "应为数",
    "bool_type": "应为 true 或 false", "bool_parsing": "应为 true 或 false",
    "date_type": _DATE, "date_parsing": _DATE, "date_from_datetime_parsing": _DATE,
    "list_type": _LIST, "tuple_type": _LIST, "set_type": _LIST, "frozen_set_type": _LIST,
    "dict_type": _MAPPING, "mapping_type": _MAPPING, "model_type": _MAPPING, "model_attributes_type": _MAPPING,
    "string_pattern_mismatch": "写法不合规定：{pattern}",
    "greater_than": "应大于 {gt}", "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}", "less_than_equal": "应不大于 {le}",
    "string_too_short": "应至少有 {min_length} 个字", "string_too_long": "应不多于 {max_length} 个字",
    "too_short": "应至少有 {min_length} 项", "too_long": "应不多于 {max_length} 项",
}  # fmt: skip


def reason(fault: Mapping[str, Any]) -> str:
    """Why an item is wrong: what it should be. `fault` is one of `ValidationError.errors()`."""
    context = fault.get("ctx", {})
    if fault["type"] == "literal_error":
        names = re.findall(r"'([^']*)'", context["expected"])
        return f"应为 {'、'.join(names)} 之一"
    text = _WORDS.get(fault["type"])
    return text.format_map(context) if text else str(fault["msg"])


def written_as(fault: Mapping[str, Any]) -> str:
    """What was written instead, short; nothing where it is no plain value."""
    value = fault.get("input")
    text = str(value)
    return f"，写的是“{text[:40]}{'…' if len(text) > 40 else ''}”" if isinstance(value, str | int | float) else ""
