"""The dictionary as data: ledgers, indicators, tables, plan results; their models and how they are read."""
