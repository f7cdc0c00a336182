"""Writing on: how well public text is foreseen, and how fast text is written."""
