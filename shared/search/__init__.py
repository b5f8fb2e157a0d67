"""What a search means, whatever engine answers: normalised text, query language, conditions."""
