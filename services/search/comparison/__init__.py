"""What changed, and how high indicators are promised."""
