"""Simple ways to tag, fitted to the same training part."""
