"""Running texts that are always at hand."""
