"""Speed of the search index on made-up records."""
