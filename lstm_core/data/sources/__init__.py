"""Where tables come from that no file holds: Yahoo, FRED and the samples of the program."""
