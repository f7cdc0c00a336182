"""Layers that say one sequence while they look back at another."""
