"""Foreign files read into plain rows."""
