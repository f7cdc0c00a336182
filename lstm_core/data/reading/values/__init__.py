"""From rows of text to typed columns: numbers in every way of writing them, times, text."""
