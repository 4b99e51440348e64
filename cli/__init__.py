"""The `jarcycle` command: translates words into use cases, and their answers into text or JSON."""
