"""From words and rules to tables of cells."""
