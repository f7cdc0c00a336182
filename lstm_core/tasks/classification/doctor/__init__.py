"""What is wrong with a trained classifier or its items, and what may help."""
