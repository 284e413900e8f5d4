"""Which ledger a sheet holds, where its table lies and which of its rows are records."""
