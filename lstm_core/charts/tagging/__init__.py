"""Figures of tagged sequences and of what a model says of them."""
