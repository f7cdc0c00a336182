"""From the bytes of a file to the rows in it, all cells as they stand there."""
