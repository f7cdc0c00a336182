"""Searches: the space, the form, the cockpit."""
