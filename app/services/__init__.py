"""One file a use case: each gathers, measures, ranks or writes, and knows no other."""
