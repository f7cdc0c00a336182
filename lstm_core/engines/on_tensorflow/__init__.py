"""By TensorFlow's own operations."""
