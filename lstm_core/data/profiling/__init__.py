"""What a file holds, found out and told without learning anything from it."""
