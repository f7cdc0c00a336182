"""What a language model has to beat: n-grams of the same units."""
