"""What tagging of sequences shows of itself."""
