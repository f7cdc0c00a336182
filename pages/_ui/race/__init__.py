"""Races: chosen, followed, judged."""
