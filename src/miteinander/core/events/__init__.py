"""The memory: what happened, append-only. Kinds are declared by stages, written by actions."""
