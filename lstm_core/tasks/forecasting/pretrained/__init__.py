"""An LSTM that was trained once, on made-up series alone, and forecasts what it has never seen."""
