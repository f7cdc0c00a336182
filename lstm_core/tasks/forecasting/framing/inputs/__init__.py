"""Inputs that are made of others: of a target's own past, of the days, of columns together."""
