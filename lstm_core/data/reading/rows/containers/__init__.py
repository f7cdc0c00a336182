"""What a file is, whatever its name, and the table in it."""
