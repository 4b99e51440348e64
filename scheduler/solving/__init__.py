"""The order of all steps from a problem to a checked plan: dates, teams, repair."""
