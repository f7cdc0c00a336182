"""Questions that need the training engine, asked here and answered by another process."""
