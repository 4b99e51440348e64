"""Every rule of a plan, one function each. Nothing here is shared with the solver's model or its costing."""
