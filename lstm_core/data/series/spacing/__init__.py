"""How far apart rows are: found in their times, said in words, counted as whole steps."""
