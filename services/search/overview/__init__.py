"""Overviews of the archive and of the work under way."""
