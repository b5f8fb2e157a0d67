"""Adapters to the outside: object store, bus, ledger, search index, sandbox, settings."""
