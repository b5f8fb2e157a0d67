"""The words that services exchange. Imports no client library."""
