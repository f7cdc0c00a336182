"""Simple forecasts from the whole of a history, which the network weighs and corrects."""
