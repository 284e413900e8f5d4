"""General notebooks for the engine's tests: what notebooks do, none of it about ledgers."""
