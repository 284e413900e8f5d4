"""Drafts read: their text, tables and tracked changes, from Word, PDF, Markdown or plain text."""
