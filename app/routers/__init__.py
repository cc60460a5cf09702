"""One file a noun: parse, one call, present."""
