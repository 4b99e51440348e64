"""The order of all steps from a problem to a checked plan: dates, teams and what is mended between them."""
