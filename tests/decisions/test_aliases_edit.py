"""aliases.yml is edited as text: comments, order and line ends stay, and only what round-trips is written."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.decisions.aliases_edit import Decision, own_category, present_meaning, with_decision
from fazhi.errors import SpecError

DATE = "2026-01-08"
SOURCE = ("values", "disputes.source")
README = """\
# ours
values:
  disputes.source: {网格排查: 主动排查}      # ledger.column: {written: means}
columns:
  disputes: {发生村居: village}                # ledger: {title: column}

villages: {老街社区: 陶家居委会}
# the end
"""


def test_into_an_empty_file():
    text = with_decision("", Decision(SOURCE, "巡逻", "主动排查"), DATE)
    assert text.splitlines()[1:] == ["values:", "  disputes.source:", "    巡逻: 主动排查  # 2026-01-08"]


def test_into_the_flow_style_of_the_readme():
    text = with_decision(README, Decision(SOURCE, "巡逻", "主动排查"), DATE)
    assert "{网格排查: 主动排查, 巡逻: 主动排查}      # ledger.column: {written: means}；2026-01-08 巡逻\n" in text
    text = with_decision(text, Decision(("villages",), "老街", "陶家居委会"), DATE)
    assert "villages: {老街社区: 陶家居委会, 老街: 陶家居委会}  # 2026-01-08 老街\n# the end\n" in text
    text = with_decision(text, Decision(("columns", "drills"), "在哪", "village"), DATE)
    assert (
        "village}                # ledger: {title: column}\n  drills:\n    在哪: village  # 2026-01-08\n\nvillages"
        in text
    )
    text = with_decision(text, Decision(("files",), "党政办/a.xlsx", "无关"), DATE)
    assert text.endswith("# the end\nfiles:\n  党政办/a.xlsx: 无关  # 2026-01-08\n")


def test_into_block_style_with_windows_line_ends_and_comments():
    text = "villages:\r\n  # 2024\r\n  老街: 陶家居委会  # 旧名\r\n\r\n# 以下\r\nplans:\r\n"
    text = with_decision(text, Decision(("villages",), "新街", "陶家居委会"), DATE)
    assert "# 旧名\r\n  新街: 陶家居委会  # 2026-01-08\r\n\r\n# 以下\r\nplans:\r\n" in text
    text = with_decision(text, Decision(("plans",), "某事", "无"), DATE)
    assert text.endswith("plans:\r\n  某事: 无  # 2026-01-08\r\n")
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize("means", [True, False, None, "2025-03-05"])
def test_a_meaning_of_any_kind(means):
    text = with_decision(README, Decision(("values", "penalties.paid"), "1", means), DATE)
    assert yaml.safe_load(text)["values"]["penalties.paid"] == {"1": means}


def test_what_stood_there_is_replaced():
    text = with_decision(README, Decision(SOURCE, "网格 排查", "平台派单"), DATE)
    assert "{网格排查: 平台派单}" in text
    assert present_meaning(text, SOURCE, "网格排查") == (True, "平台派单")


def test_a_file_written_in_a_way_that_cannot_be_edited_is_left_alone_and_the_line_told():
    text = "values: {disputes.source: &a {网格排查: 主动排查}, contracts.opinion: *a}\n"
    with pytest.raises(SpecError, match=r"请手工在 values.disputes.source 下加一行：巡逻: 主动排查  # 2026-01-08"):
        with_decision(text, Decision(SOURCE, "巡逻", "主动排查"), DATE)
    with pytest.raises(SpecError, match=r"aliases.yml 第 2 行写法有误"):
        with_decision("values: {\n", Decision(SOURCE, "巡逻", "主动排查"), DATE)


@given(written=st.text(min_size=1, max_size=12), means=st.text(max_size=8))
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("before", [README, "", "values:\n  disputes.source:\n    a: b\n"])
def test_any_text_of_a_cell_is_kept_as_it_is_or_refused(before, written, means):
    try:
        text = with_decision(before, Decision(SOURCE, written, means), DATE)
    except SpecError:
        assert set(written + means) & {chr(n) for n in [*range(32), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF]} or any(
            "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff" for c in written + means
        )
        return
    after = yaml.safe_load(text)
    known, meant = present_meaning(text, SOURCE, written)
    assert (known, meant) == (True, means)
    kept = yaml.safe_load(before) or {}
    assert all(after[name].keys() >= kept[name].keys() for name in kept)
    assert all(line.split("#", 1)[-1] in text for line in before.splitlines() if "#" in line)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "own:\n  disputes.category: [物业]\n",
        "own: {disputes.category: []}\n",
        "own:\n  disputes.category:\n    - 物业  # 所长定\n    - 环保\n# 以下\nplans: {}\n",
    ],
)
def test_a_category_of_the_towns_own_is_put_to_its_list(before):
    known = ((yaml.safe_load(before) or {}).get("own") or {}).get("disputes.category", [])
    text = with_decision(before, own_category("disputes.category", "医疗: 纠纷"), DATE)
    assert yaml.safe_load(text)["own"] == {"disputes.category": [*known, "医疗: 纠纷"]}
    assert DATE in text
    assert all(comment in text for comment in ("# 所长定", "# 以下") if comment in before)
