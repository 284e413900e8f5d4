"""No small count of village and type is published, nor can one be worked out: audited by integer programming."""

import random

import pandas as pd
import pytest

from fazhi.disclosure.audit import Statement, audit
from fazhi.disclosure.cross_table import Crossed, cross
from fazhi.disclosure.suppression import shown_apart


def rows(counts):
    return pd.DataFrame([(v, c) for (v, c), n in counts.items() for _ in range(n)], columns=["village", "category"])


def crossed(counts, least=3):
    places, kinds = (list(dict.fromkeys(pair[axis] for pair in counts)) for axis in (0, 1))
    return cross(rows(counts), "village", places, kinds, least).counts


def test_a_table_without_small_counts_is_shown_whole():
    counts = {("甲村", "合同"): 5, ("甲村", "邻里"): 4, ("乙村", "合同"): 0, ("乙村", "邻里"): 9}
    assert crossed(counts).to_numpy().tolist() == [[5, 4], [0, 9]]


def test_a_small_count_takes_a_rectangle_with_it():
    counts = {
        ("甲村", "合同"): 1,
        ("甲村", "邻里"): 9,
        ("乙村", "合同"): 8,
        ("乙村", "邻里"): 7,
        ("丙村", "合同"): 20,
        ("丙村", "邻里"): 30,
    }
    shown = crossed(counts)
    assert shown.isna().to_numpy().tolist() == [[True, True], [True, True], [False, False]]


def test_a_single_village_with_a_small_count_shows_nothing():
    assert crossed({("甲村", "合同"): 1, ("甲村", "邻里"): 9}).isna().all(axis=None)


@pytest.mark.parametrize("threshold", [0, 1])
def test_without_a_threshold_nothing_is_hidden(threshold):
    assert crossed({("甲村", "合同"): 1, ("甲村", "邻里"): 9}, threshold).notna().all(axis=None)


@pytest.mark.parametrize("seed", range(10))
def test_no_small_count_can_be_worked_out(seed):
    """With every total known: of what stands by itself, and of the rest together."""
    draw = random.Random(seed)
    size, wide = draw.choice([(3, 3), (4, 5), (3, 6)])
    counts = {(f"{v}村", f"{c}类"): int(draw.random() ** 2 * 12) for v in range(size) for c in range(wide)}
    table = pd.Series(counts).unstack()
    places, kinds = (shown_apart(table.sum(axis=axis).to_frame(), 3) or [] for axis in (1, 0))
    shown = cross(rows(counts), "village", places, kinds, 3).counts
    groups = [{(v, c) for c in table.columns} for v in places] + [{(v, c) for v in table.index} for c in kinds]
    groups += [{k for k in counts if k[0] not in places}, {k for k in counts if k[1] not in kinds}]
    groups += [{(v, c)} for v in places for c in kinds if pd.notna(shown.at[v, c])]
    told = [Statement(frozenset(group), sum(counts[key] for key in group)) for group in groups if group]
    assert (shown.isna() | (shown == 0) | (shown >= 3)).all(axis=None)
    assert not audit(counts, told, 3).exposes(3)


@pytest.mark.parametrize(
    ("place", "kind", "told"), [("甲村", "合同", True), ("甲村", "物业", False), ("丁村", "合同", False)]
)
def test_what_is_told(place, kind, told):
    table = pd.DataFrame({"合同": [5.0, 4.0], "物业": [float("nan"), 4.0]}, index=["甲村", "乙村"])
    assert Crossed(table).tells(place, kind) is told
