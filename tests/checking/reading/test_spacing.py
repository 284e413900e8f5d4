"""Blanks between Chinese characters and digits, as some programs set them, change nothing of what a draft says."""

from decimal import Decimal

import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.check import judged
from fazhi.checking.reading.draft import read_draft
from fazhi.checking.reading.spacing import compact
from fazhi.dictionary.loading import load_specs

DENSE = "2024年调解纠纷118件，2025年为125件，增长5.9%。\n\n|指标|2025年|2024年|\n|应急演练|14场|12场|\n|说明|上年演练12场|2024年调解纠纷118件|"
SPACED = "2024 年调解纠纷 118 件，2025 年为 125 件，增长 5.9%。\n\n|指标|2025 年|2024 年|\n|应急演练|14 场|12 场|\n|说明|上年演练 12 场|2024 年调解纠纷 118 件|"


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    specs = load_specs().indicators
    values = {"disputes.mediated": (125, 118), "drills.held": (14, 12)}
    figures = [Figure(specs[name], Decimal(now), Decimal(before), {}) for name, (now, before) in values.items()]
    return Ledgers(2025, tuple(figures), lambda *_: None, {}, (), frozenset())


def _judged(folder, text, ledgers):
    (folder / "稿.txt").write_text(text, encoding="utf-8")
    draft = read_draft(folder / "稿.txt")
    found = judged(draft, "稿.txt", 2025, ledgers).judgements
    for one in found:
        quantity = one.claim.quantity
        assert draft.text[quantity.start : quantity.end].replace(" ", "") == quantity.text.replace(" ", "")
    return [(one.claim.quantity.value, one.verdict) for one in found]


def test_a_spaced_draft_is_judged_as_a_dense_one(tmp_path, ledgers):
    dense = _judged(tmp_path, DENSE, ledgers)
    assert len(dense) == 7 and {verdict for _, verdict in dense} == {"right", "derived"}
    assert _judged(tmp_path, SPACED, ledgers) == dense


@pytest.mark.parametrize("right, wrong", [("为 125", "为 152"), ("118 件，", "181 件，"), ("12 场|\n", "21 场|\n")])
def test_a_wrong_figure_among_blanks_is_found_in_its_place(tmp_path, right, wrong, ledgers):
    told = _judged(tmp_path, SPACED.replace(right, wrong, 1), ledgers)
    assert [verdict for _, verdict in told].count("wrong") == 1


@pytest.mark.parametrize("text", ["3 调解纠纷", "甲\n 12 合同", "调解  3", "125 118", ""])
def test_blanks_that_part_something_stay(text):
    assert compact(text) == (text, range(len(text) + 1))


def test_every_place_is_known():
    near, places = compact("在 2024 年内 3 次")
    assert near == "在2024年内3次"
    assert ["在 2024 年内 3 次"[at] for at in places[:-1]] == [*near]
    assert places[-1] == len("在 2024 年内 3 次")
