"""Changes that a planner makes by hand: dates of activities that are put into other weeks, and teams refitted to them.

What is not touched keeps its weeks and its people. A wish that breaks rules is still answered: with the dates that
break the fewest; the independent check names them.
"""
