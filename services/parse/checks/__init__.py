"""Checks of what was read: each gives findings and repairs nothing."""
