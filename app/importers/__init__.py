"""Files of other systems become records: one file a format."""
