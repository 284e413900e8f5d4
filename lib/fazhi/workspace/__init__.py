"""A town's folder: where things lie, files written whole, one run at a time, results put in place at the end."""
