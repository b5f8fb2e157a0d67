"""Official layouts: how each is recognised by what is printed, and what its cells mean."""
