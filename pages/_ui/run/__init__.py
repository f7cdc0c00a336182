"""One run, live or finished, whatever its task."""
