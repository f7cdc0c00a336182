"""What forecasting shows of itself."""
