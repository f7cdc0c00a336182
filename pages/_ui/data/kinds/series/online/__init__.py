"""The ways in to series of Yahoo and FRED: a form each, and what they share."""
