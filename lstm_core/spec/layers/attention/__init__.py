"""Layers that weigh the steps of a sequence against each other."""
