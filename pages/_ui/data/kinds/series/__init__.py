"""Tables over time: a file, a sample or a ticker."""
