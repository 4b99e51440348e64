"""What makes no sense in a problem: one function for each kind of mistake, each finding with an advice."""
