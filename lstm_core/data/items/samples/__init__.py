"""The collections of labelled sequences that come with the program."""
