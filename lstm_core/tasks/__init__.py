"""What an LSTM is asked to do: one folder for each task, all with the face in ``base``."""
