"""Races, drawn."""
