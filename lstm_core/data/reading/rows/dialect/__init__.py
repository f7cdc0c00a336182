"""How a text table is written: what separates and what holds its cells together."""
