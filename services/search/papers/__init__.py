"""What was read, beside the paper it was read from."""
