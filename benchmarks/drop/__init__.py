"""A file dropped until it is found."""
