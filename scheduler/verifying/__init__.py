"""The verifier of bounds: rows, people, timetables and the cheapest of them again, in plain Python integers.

Nothing here shares code with the solver's model, needs a solver or NumPy: an error in one of them shows here.
"""
