"""From source bytes to a validated collection: a ``Dataset`` or an ``ItemCollection``."""
