"""Builders of test values, one module an area: they keep noise out of tests."""
