"""The report's text: templates, what they may call, and the document they become."""
