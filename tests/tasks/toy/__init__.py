"""A task in a folder: does a series rise with its next step? Small, whole, and only in tests."""
