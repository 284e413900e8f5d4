"""Trends of records over months, years, villages and types: what changed, where, and whether it is more than chance."""
