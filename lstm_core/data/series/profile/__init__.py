"""What the values of a dataset look like, in numbers and in words, before anything is learnt."""
