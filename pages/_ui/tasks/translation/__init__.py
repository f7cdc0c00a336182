"""Turning one text into another: what its room on the pages shows."""
