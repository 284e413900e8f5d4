"""Figures of tables bound: each cell is a sentence made of the titles of its row and column."""
