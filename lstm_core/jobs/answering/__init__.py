"""Questions are put to a process that has the training engine, and answered there."""
