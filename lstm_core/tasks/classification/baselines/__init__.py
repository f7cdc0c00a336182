"""What a network has to beat: the most frequent label, and plain models of simple features."""
