"""The tables of the samples: read from packages that are installed, or computed from a seed."""
