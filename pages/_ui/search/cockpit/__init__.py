"""One search, followed and steered while it runs, judged when it is over."""
