"""What the columns of tagged sequences are."""
