"""What pages, exports and commands show: plans, steps, charts and tables in a reader's words."""
