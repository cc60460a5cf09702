"""The wire: what goes in and out over HTTP."""
