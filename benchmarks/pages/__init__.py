"""What pages cost the server: lists, live runs with many watchers, people who click, large data."""
