"""What is known ahead of time, edited: other values of it, and how they stand in an address."""
