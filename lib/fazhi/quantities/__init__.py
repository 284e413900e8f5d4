"""The quantities that a Chinese text states: 125件, ６０余场次, 2.95万元, 八成, 百分之三十, 3至5次, 翻一番.

What is written with digits and is no quantity stays out: dates, document numbers, ordinals and sessions, articles of law,
addresses, telephone numbers, names in quotes or book marks, headings' numbers.
"""

from fazhi.quantities.finder import MEASURES, find_quantities
from fazhi.quantities.quantity import Quantity, doubled_hedge

__all__ = ["MEASURES", "Quantity", "doubled_hedge", "find_quantities"]
