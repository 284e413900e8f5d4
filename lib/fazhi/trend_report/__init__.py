"""Dispute trends to look at: what notebook 04 shows, on screen, on paper and in a page that can be explored."""
