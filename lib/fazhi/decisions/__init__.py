"""What is asked of the analyst, and how an answer is recorded in aliases.yml."""
