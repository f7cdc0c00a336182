"""Where tables come from: files, Yahoo and the samples that come with the program."""
