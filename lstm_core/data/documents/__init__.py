"""Running texts: a book, stories, articles; what a language model is trained on."""
