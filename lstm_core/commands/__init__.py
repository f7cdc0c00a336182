"""The commands of ``python -m lstm_core``, one file each, and rooms for what they share."""
