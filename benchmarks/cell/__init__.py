"""What learning by an LSTM costs, beside others who learn the same."""
