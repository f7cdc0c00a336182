"""What every page is made of: addresses, fragments, messages, words, style."""
