"""The year around the cycle: each area is assessed every year, and what its year is for it follows from its review."""
