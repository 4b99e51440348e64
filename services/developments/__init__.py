"""The development of an inspection: its tasks, trials with their lessons, and the life of its framework."""
