"""Workbooks that go back to their office: its own cells, the faulty ones marked and explained."""
