"""Every rule of a plan, one file each, as a plain function from facts to violations; `scheduler.check` asks them all.

Nothing here is shared with the solver's model or its costing, so that an error in one of them shows here.
"""
