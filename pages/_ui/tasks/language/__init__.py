"""Writing on: its room on the pages."""
