"""The catalogue of issues: every kind that the code names is in it, is used, and is provoked by a test."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from fazhi.issues import CATALOGUE, NOT_FOR_OFFICES, Issue, IssueKind

ROOT = Path(__file__).parents[2]
SOURCES = [path for path in sorted((ROOT / "lib" / "fazhi").rglob("*.py")) if path.name != "catalogue.py"]
TESTS = [path for path in sorted((ROOT / "tests").rglob("test_*.py")) if path.parent.name != "issues"]


def _texts(paths: list[Path]) -> set[str]:
    """Every string literal of the files."""
    nodes = (node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _raised() -> Iterator[tuple[str, str]]:
    """Where an issue is made with its kind spelt out: the file and the kind."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Issue.of", "Issue") and node.args:
                named = (part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))
                yield from ((path.name, kind) for kind in named if isinstance(kind, str))


def test_every_kind_that_is_raised_is_in_the_catalogue():
    raised = list(_raised())
    assert len(raised) >= 15
    assert [(file, kind) for file, kind in raised if kind not in CATALOGUE] == []


def test_no_kind_is_dead():
    assert sorted(CATALOGUE.keys() - _texts(SOURCES)) == []


def test_every_kind_is_provoked_by_a_test_that_names_it():
    assert sorted(CATALOGUE.keys() - _texts(TESTS)) == [], "name the kind in a test that provokes it"


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=CATALOGUE)
def test_an_entry_says_in_chinese_what_is_wrong_and_what_to_do(kind: IssueKind):
    assert re.search(r"[\u4e00-\u9fff]", kind.label)
    assert kind.found or kind.expected
    assert kind.advice or kind.severity == "info"
    assert not kind.to_office or kind.mender == "office"


def test_the_texts_are_filled_in_from_the_parts_the_file_and_the_sheet():
    parts = {"where": "标题", "dates": "各行都按2025年计"}
    issue = Issue.of("title_year", "司法所/a.xlsx", "Sheet1", years="2023", year=2025, **parts)
    assert issue.sentence == (
        "司法所/a.xlsx「Sheet1」：标题写的是2023年，各行都按2025年计，应为2025年的台账。"
        "如是往年的表，请移走，或在 aliases.yml 的 files 中写“司法所/a.xlsx[Sheet1]: 无关”；如只是没有改标题、文件名，请改过来。"
    )


def test_a_text_of_a_ledger_is_no_template():
    issue = Issue.of("file_refused", "{why}.xlsx", why="{file} {0} %s")
    assert (issue.file, issue.found) == ("{why}.xlsx", "{file} {0} %s")
    assert Issue.of("file_empty", "a.xlsx", found="{nobody}").found == "{nobody}"


def test_a_text_given_whole_and_a_severity_given_stand():
    issue = Issue.of("columns_missing", "a.xlsx", severity="info", found="无", expected="", advice="请核实。")
    assert (issue.severity, issue.found, issue.expected, issue.advice) == ("info", "无", "", "请核实。")


def test_a_part_that_is_not_given_is_an_error_not_a_gap():
    with pytest.raises(KeyError, match="original"):
        Issue.of("returned_twice", "a.xlsx")


def test_templates_take_plain_names_only():
    texts = [text for kind in CATALOGUE.values() for text in (kind.found, kind.expected, kind.advice, kind.to_office)]
    names = [name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    assert all(name.isidentifier() for name in names)


def test_the_analysts_and_the_maintainers_own_are_not_for_offices():
    assert {"correction", "ledger_missing", "ledger_failed", "parts_exceed", "file_open"} <= NOT_FOR_OFFICES
    assert not {"row_quarantined", "value_unknown", "file_refused", "columns_missing"} & NOT_FOR_OFFICES
