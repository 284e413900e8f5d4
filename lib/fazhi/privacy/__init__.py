"""Private values: found in raw files, kept as keyed digests, replaced by pseudonyms, searched for in every output."""
