"""Searches: what they find, how fast, in how much memory."""
