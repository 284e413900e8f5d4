"""Many towns: every workspace below a folder brought up to date, here or on a cluster, one bad town never in the others' way."""

from fazhi.fleet.town_result import TownRun
from fazhi.fleet.towns import Found, find_towns

__all__ = ["Found", "TownRun", "find_towns"]
