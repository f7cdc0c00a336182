"""Tables whose columns are times, turned into a row for each time."""
