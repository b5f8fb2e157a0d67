"""A cell that holds all indicators of a project, or several."""
