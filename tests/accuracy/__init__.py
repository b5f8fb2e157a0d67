"""Scores the parser against every document that has a checked answer."""
