"""Uploads in the browser, and who may."""
