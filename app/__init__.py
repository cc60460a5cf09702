"""Delivery: everything that meets the outside world."""
