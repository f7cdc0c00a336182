"""Every setting as a widget, and the words for it."""
