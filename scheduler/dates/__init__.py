"""Dates: the cheapest weeks for all stages of all areas, with a proven bound.

`search.solve_dates` is the way in. Trees of stages (`scheduler.areas`) choose among timetables, rows (`lines`, `rows`)
say what they share; prices of rows give the bound (`generation`, `pricing`), and `close_gap` the plan. Teams are not
looked for here, only counted. The mathematics: docs/solver/dates.md.
"""
