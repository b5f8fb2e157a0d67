"""Finds and heals what was missed: bucket, ledger and index are compared at start and on schedule."""
