"""What two services would break over if they disagreed: contracts, value grammar, search meaning, runtime."""
