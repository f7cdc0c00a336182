"""Running texts to be written on from: files, a table, or a sample."""
