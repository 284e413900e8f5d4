"""Indicators, summary tables, plan targets and comparisons with the year before, from clean tables."""
