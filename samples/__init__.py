"""Sample budgets in the project's own words, and the answers a reader of them must give."""
