"""How often a plan keeps its dates when people fall ill, areas have incidents and stages end late."""
