"""Searches, drawn."""
