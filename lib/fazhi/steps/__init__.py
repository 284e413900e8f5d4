"""What the notebooks call, one file a notebook; each reads what the one before wrote."""

from fazhi.town_year import open_year

__all__ = ["open_year"]
