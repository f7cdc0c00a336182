"""What the columns of a table are, and what each is for."""
