"""A year's run: the plan of its steps, which are stale, and the gate before results are put in place."""
