"""Writing on: what its room on the pages shows."""
