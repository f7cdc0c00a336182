"""What is wrong with a finished run, and what may help."""
