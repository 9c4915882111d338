"""The code's own promises, kept by machine."""
