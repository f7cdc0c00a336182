"""Figures of labelled items and of what a model says of them."""
