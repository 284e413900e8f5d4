"""A text folded for the search, and its runs of characters."""

import random

from fazhi.privacy.folded_text import RUN, runs


def test_runs_are_what_the_expression_matches() -> None:
    draw = random.Random(5)
    for _ in range(2000):
        text = "".join(draw.choices("ab0王五·- \n", weights=(4, 3, 3, 2, 1, 1, 1, 1, 1), k=draw.randrange(40)))
        assert list(runs(text)) == RUN.findall(text)
