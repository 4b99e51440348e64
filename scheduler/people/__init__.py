"""People: who is there, who may fill which seat, and teams for fixed dates."""
