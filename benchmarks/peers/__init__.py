"""Other ways to solve the same problem, each in its best reasonable formulation."""
