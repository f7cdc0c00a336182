"""What all figures share: colours, legends, ranges, gaps."""
