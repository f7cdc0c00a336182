"""What classification of sequences shows of itself."""
