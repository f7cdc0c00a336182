"""Layers that make fewer steps of many, or other features of each."""
