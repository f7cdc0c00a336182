"""Forecasting: the next ``horizon`` values of each target, from ``lookback`` past ones."""
