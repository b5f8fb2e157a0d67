"""Heads of tables: which word means what, and which column or label it names."""
