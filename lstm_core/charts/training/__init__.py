"""A network and how it learnt, drawn."""
