"""The planner's web console."""
