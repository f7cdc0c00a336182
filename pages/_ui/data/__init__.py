"""From something brought to a draft, and from the draft to a run."""
