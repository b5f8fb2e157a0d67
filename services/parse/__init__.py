"""The parse service."""
