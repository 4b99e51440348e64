"""What every search is given: its limits, its listener, the way to stop it, and the answers kept so far."""
