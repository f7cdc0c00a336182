"""A place to write: what is asked, what comes, and what of it is copied."""
