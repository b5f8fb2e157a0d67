"""Turns what forms have read into the parts of a document, one module for each part."""
