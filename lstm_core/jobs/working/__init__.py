"""The inside of a run's process."""
