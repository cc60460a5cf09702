"""Text to topics: a library without HTTP, store or settings."""
