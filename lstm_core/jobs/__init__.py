"""Who runs the runs, and where."""
