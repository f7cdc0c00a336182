"""The inside of a search's process."""
