"""Layers that read step by step and keep a state."""
