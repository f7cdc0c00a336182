"""What each task shows of itself, a folder each."""
