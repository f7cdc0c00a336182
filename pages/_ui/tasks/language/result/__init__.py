"""What a finished model that writes shows, and how it is put to work."""
