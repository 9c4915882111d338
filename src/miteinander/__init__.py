"""Miteinander: a municipality develops, adopts and keeps alive its integration concept."""

__version__ = "0.1.0"
