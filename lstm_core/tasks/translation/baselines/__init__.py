"""Simple ways to translate, fitted to the same training part."""
