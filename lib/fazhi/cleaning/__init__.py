"""A ledger's rows to its clean table: each cell read, each row given its fate."""
