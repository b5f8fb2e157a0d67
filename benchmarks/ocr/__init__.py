"""How fast, how heavy and how true reading scans is, beside the engines as they come."""
