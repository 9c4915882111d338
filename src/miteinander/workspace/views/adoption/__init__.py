"""The rooms of adoption."""
