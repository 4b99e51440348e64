"""Dates: the cheapest weeks for all stages of all areas, with a proven bound.

`timetable.solve_dates` is the way in. Trees of stages (`area_graph`) choose among timetables, rows (`lines`, `rows`)
say what they share; prices of rows give the bound (`generation`, `pricing`), and `closing` the plan. Teams are not
looked for here, only counted. The mathematics: docs/solver-model.md.
"""
