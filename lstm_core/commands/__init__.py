"""The commands of ``python -m lstm_core``, one file each."""
