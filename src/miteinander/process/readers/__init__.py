"""Foreign files become plain rows."""
