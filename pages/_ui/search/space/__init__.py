"""Where a search looks, as a form."""
