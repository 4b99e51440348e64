"""Prefect's flows and tasks, their deployments and artifacts, and `jarcycle up`."""
