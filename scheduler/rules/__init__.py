"""Every rule of a plan, one file each. Nothing here is shared with the solver's model or its costing."""
