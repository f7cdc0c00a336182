"""What makes tags of steps: words read letter by letter, and tags that follow one another."""
