"""Annual ratings: performance profiles, tests, limits, letters, and queries about the data they rest on."""
