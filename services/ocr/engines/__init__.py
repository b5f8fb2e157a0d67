"""Recognisers: pixels of one line into text."""
