"""How fast tables are read, beside pdfplumber's own extract_tables."""
