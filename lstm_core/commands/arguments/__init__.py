"""What several commands are told in the same words: files, a spec, a finished run."""
