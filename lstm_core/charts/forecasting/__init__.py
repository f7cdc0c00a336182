"""Forecasts and how they were judged, drawn."""
