"""All that trains: networks learn from batches, members of an ensemble one after another."""
