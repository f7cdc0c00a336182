"""Formats that pairs come in."""
