"""What is asked: addresses and parameters, the values to choose from, what to loosen."""
