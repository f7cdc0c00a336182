"""Who says what to try next."""
