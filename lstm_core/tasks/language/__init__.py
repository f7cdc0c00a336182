"""Writing on: a language model of one's own."""
