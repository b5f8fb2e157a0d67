"""The index service."""
