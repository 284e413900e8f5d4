"""Whether whole numbers can meet inequalities, held against an exact solver."""

import numpy as np
import pytest

from fazhi.disclosure.whole_numbers import Program


def a_program(random):
    """Sums, bounds and rates of a few numbers, all of them true; one or two of the numbers are asked about."""
    truth = random.choice([0, 0, 1, 2, 3, 8, 20, 90], size=random.integers(2, 9))
    rows, low, high = [np.ones(len(truth))], [truth.sum()], [truth.sum()]
    for _ in range(random.integers(1, 8)):
        above = random.random(len(truth)) < 0.5
        below = above | (random.random(len(truth)) < 0.5)
        number, whole = truth[above].sum(), truth[below].sum()
        if random.random() < 0.7 or not whole:
            rows, low, high = [*rows, above * 1.0], [*low, number], [*high, number + random.choice([0, 0, 2])]
            continue
        share = round(100 * number / whole) / 100
        rows += [above - (share - 0.005) * below, above - (share + 0.005) * below]
        low, high = [*low, -1e-9, -np.inf], [*high, np.inf, 1e-9]
    asked = np.zeros(len(truth), dtype=bool)
    asked[random.choice(len(truth), size=random.integers(1, 3))] = True
    ends = np.array(low, dtype=float), np.array(high, dtype=float)
    return Program(np.array(rows), *ends, asked, truth, int(2 * truth.sum() + 10))


def test_it_answers_as_the_exact_solver_does(monkeypatch):
    random, answers, exact = np.random.default_rng(2012), [], Program._solved
    for _ in range(150):
        program = a_program(random)
        for least, most in ((0, 0), (1, 1), (2, 2), (3, 12)):
            with monkeypatch.context() as patched:
                patched.setattr("fazhi.disclosure.whole_numbers.MOVES", 0)  # never a walk
                patched.setattr("fazhi.disclosure.whole_numbers.DIVIDED", 0)
                patched.setattr("fazhi.disclosure.whole_numbers._is_refuted", lambda *_: False)
                patched.setattr(Program, "_solved", exact)
                wanted = program.allows(least, most)
            assert program.allows(least, most) == wanted
            answers.append(wanted)
    assert 100 < sum(answers) < 500  # there are some of both


@pytest.fixture
def no_solver(monkeypatch):
    def refuse(*_):
        raise AssertionError("the exact solver was called")

    monkeypatch.setattr(Program, "_solved", refuse)


def test_a_rate_beside_a_total_is_settled_without_the_solver(no_solver):
    """198 of 200 closed are a success, 99.0%; 203 in all."""
    table = np.array([[1, 1, 1], [1 - 0.9895, -0.9895, 0], [1 - 0.9905, -0.9905, 0], [1.0, 1, 0]])
    low, high = np.array([203, -1e-9, -np.inf, 150]), np.array([203, np.inf, 1e-9, np.inf])
    without_success = Program(table, low, high, np.array([False, True, False]), [198, 2, 3], 500)
    assert without_success.allows(2, 2)
    assert not without_success.allows(1, 1)  # 1 of at most 203 is below 0.95 %, of fewer than 150 nothing is said
    assert not without_success.allows(3, 12)


def test_what_follows_from_two_sums_is_settled_without_the_solver(no_solver):
    table = np.array([[1.0, 1, 1], [1, 1, 0]])
    ends = np.array([203.0, 202])
    pending = Program(table, ends, ends, np.array([False, False, True]), [198, 4, 1], 500)
    assert pending.allows(1, 1)
    assert not any(pending.allows(number, number) for number in (0, 2, 3))


def test_sums_that_only_broken_numbers_meet_are_not_met(no_solver):
    table = np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]])
    ends = np.array([4.0, 4, 4])
    assert not Program(table, ends, ends, np.array([True, False, False]), [2, 2, 2], 20).allows(1, 1)
    assert Program(table, ends, ends, np.array([True, True, False]), [2, 2, 2], 20).allows(4, 4)
