"""Every rule of a plan, written once more for the check: a function for each, in five themes, from facts to violations.

Nothing here is shared with the solver's model or its costing, so that an error in one of them shows here.
"""
