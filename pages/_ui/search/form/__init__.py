"""Starting a search."""
