"""The golden thread: written by operations, read in both directions."""
