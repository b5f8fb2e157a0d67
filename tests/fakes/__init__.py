"""Stand-ins for the adapters, believed because the ports' contract tests pass on them."""
