"""What stands for a missing value: words, and numbers among others."""
