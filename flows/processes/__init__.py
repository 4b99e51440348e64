"""`jarcycle up`: Prefect's server, the runner and the console as child processes."""
