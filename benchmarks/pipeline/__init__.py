"""How much the whole system takes, from upload to found."""
