"""What a spacing means on the calendar: its steps as whole numbers, its words, its alias."""
