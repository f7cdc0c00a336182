"""From the bytes of a file to a table: container, text, rows, values, times, layout."""
