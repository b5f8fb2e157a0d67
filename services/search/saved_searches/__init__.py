"""Saved searches: feeds, and posts to an address."""
