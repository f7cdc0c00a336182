"""Rules of thumb that a network has to beat."""
