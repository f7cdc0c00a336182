"""What reads and says units of running text."""
