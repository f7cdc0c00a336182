"""One clock for all times of a column: zones, and hours that summer time doubles."""
