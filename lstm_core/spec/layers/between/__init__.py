"""Layers that stand between others, and treat each step by itself."""
