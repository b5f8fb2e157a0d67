"""Readers: bytes into pages of words and rules, or into lines."""
