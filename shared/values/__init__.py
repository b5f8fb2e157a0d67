"""Target values: operators, units, numbers, and the promises a printed value makes."""
