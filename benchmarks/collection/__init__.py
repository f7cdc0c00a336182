"""The default on a collection of series of all kinds: does it win, and is what it says true?"""
