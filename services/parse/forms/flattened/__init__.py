"""Lists whose borders are gone: the lines of a text layer, rows of an OCR table."""
