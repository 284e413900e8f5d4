"""Trends in made-up towns: which share of planted changes is found, beside standard methods, and how often plain towns are told something.

Two simulators make plain towns of 60 to 400 disputes a year (`towns.py`); one change is planted in each (`plants.py`), and looked for
in the counts by month (`methods.py`). Standard methods: Poisson and binomial change points, Fisher's exact test of the last year against
all before, binomial windows of the calendar, each with Bonferroni. Tuned on seeds below 20,000, reported on seeds above.
"""

from pathlib import Path

from benchmarks.measuring import Row


def measure(folder: Path) -> list[Row]:
    """False alarms and power by kind and size, on seeds that nothing was tuned on; minutes of one core."""
    from .scores import rows

    del folder  # no workspace is needed
    return rows(seeds=range(20_000, 20_200), fewer=range(20_000, 20_030))
