"""From a dataset to examples: cut into parts, scaled, laid out as rows of one table."""
