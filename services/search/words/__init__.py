"""Words of the pages: for codes, for parts of a record, and in English."""
