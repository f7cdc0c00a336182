"""What is written into the record and read from it, a concern a file."""
