"""What a verifier of bounds needs: rows, people, timetables and their cheapest, in plain Python integers.

Nothing here shares code with the solver's model, needs a solver or NumPy: an error in one of them shows here.
"""
