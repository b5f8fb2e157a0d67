"""Records as files: what the command line writes and what the search page sends, one code for both."""

from shared.export.columns import permanent_path
from shared.export.formats import MEDIA_TYPES, ExportFormat, write_chunks

__all__ = ["MEDIA_TYPES", "ExportFormat", "permanent_path", "write_chunks"]
