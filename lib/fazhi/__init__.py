"""fazhi: from the offices' ledgers to the report on law-based government, every figure traceable to its rows."""

__version__ = "0.1.0"
