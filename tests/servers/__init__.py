"""Real servers for the tests, from package registries only."""
