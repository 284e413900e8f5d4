"""The fates stand in one place, and everything that sets or reads one knows it."""

import ast
from pathlib import Path

from fazhi.cleaning.fate_labels import FATE_LABELS, FATES, fates_met

PACKAGE = Path(__file__).parents[2] / "lib" / "fazhi"


def test_every_fate_that_is_settled_has_a_label():
    settled = set()
    for path in (PACKAGE / "cleaning").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "settle":
                settled.add(ast.literal_eval(node.args[0]))
    assert settled == set(FATES) - {"not_data"}


def test_the_labels_are_those_of_the_rules():
    rules = (PACKAGE.parents[1] / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    assert [label for label in FATE_LABELS.values() if label not in rules] == []


def test_a_fate_that_no_row_met_is_left_out_and_the_others_keep_their_order():
    nothing = dict.fromkeys(FATES, 0)
    assert fates_met([nothing | {"not_data": 3}, nothing | {"kept": 1}]) == ["kept", "not_data"]
    assert fates_met([]) == []
