"""Measurements: ours against a limit or a peer in one run, printed as ratios."""
