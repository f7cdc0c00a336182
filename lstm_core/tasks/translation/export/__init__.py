"""A run that translates as a script and a notebook."""
