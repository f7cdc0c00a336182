"""A run that writes as a script and a notebook."""
