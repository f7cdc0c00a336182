"""From the bytes of a text to UTF-8 with ``\\n`` between lines."""
