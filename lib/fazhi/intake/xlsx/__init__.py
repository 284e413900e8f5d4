"""Reading .xlsx: the package's parts behind limits, its rows counted twice."""
