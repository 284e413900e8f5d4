"""The answer to a draft: lines, JSON, a page, the draft itself with comments, and what people changed."""
