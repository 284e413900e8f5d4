"""Claims held against the ledgers, and what else is wrong in a draft."""
