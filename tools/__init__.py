"""Small scripts of the project. Each one says at its top what it is for."""
