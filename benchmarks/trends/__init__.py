"""Trends in made-up towns: which share of planted changes is found, beside standard methods, and how often plain towns are told something.

Two simulators make plain towns of 60 to 400 disputes a year (`towns.py`); one change is planted in each (`plants.py`). Tuned on
seeds below 10,000, reported on seeds above.
"""

from pathlib import Path

from benchmarks.measuring import Row


def measure(folder: Path) -> list[Row]:
    """False alarms and power by kind and size, on seeds that nothing was tuned on; minutes of one core."""
    from .scores import rows

    del folder  # no workspace is needed
    return rows(seeds=range(10_000, 10_400), fewer=range(10_000, 10_060))
