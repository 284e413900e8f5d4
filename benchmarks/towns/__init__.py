"""Towns nobody wrote for: made-up ledgers with their truth, to judge the cleaning and to measure speed."""

from .town import write_light_towns, write_town, write_towns

__all__ = ["write_light_towns", "write_town", "write_towns"]
