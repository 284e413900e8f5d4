"""An edited draft against the ledgers: quantities found, bound to indicators, judged, and the answer given back."""
