"""Quantities of sentences bound to the indicators they speak of, and to their year, part of the year and part of the rows."""
